"""Give API keys (one JSON string per line on stdin) to the real `union` v1 decoder; one JSON result per line.

Run with the Python of a venv that has the `union` package from PyPI. The fields come from
`_decode_app_client_credentials`; the error is the one of its caller `_decode_union_api_key`,
with the cause that the caller hides.
"""

import json
import os
import sys
import tempfile

os.environ["HOME"] = tempfile.mkdtemp()  # no config file of this machine may take part
for _name in list(os.environ):
    if _name.startswith(("UNION", "_UNION", "FLYTE", "UCTL")):
        del os.environ[_name]

from union import _config  # noqa: E402

for line in sys.stdin:
    key = json.loads(line)
    try:
        platform = _config._decode_union_api_key(key).platform
    except Exception as error:  # noqa: BLE001 - whatever it raises is the recording
        cause = error.__cause__
        result = {"accepts": False, "error": f"{type(error).__qualname__}: {error}"}
        if cause is not None:
            name = f"{type(cause).__module__}.{type(cause).__qualname__}".removeprefix("builtins.")
            result["cause"] = f"{name}: {cause}"
    else:
        found = _config._decode_app_client_credentials(key)
        assert (platform.endpoint, platform.client_id, platform.client_credentials_secret) == (
            found.endpoint,
            found.client_id,
            found.client_secret,
        )
        result = {
            "accepts": True,
            "domain": found.endpoint,
            "clientId": found.client_id,
            "clientSecret": found.client_secret,
            "org": found.org,
        }
    print(json.dumps(result))
