"""Give API keys (one JSON string per line on stdin) to the real flyte-sdk decoder; one JSON result per line.

Run with the Python of a venv that has the `flyte` package from PyPI.
"""

import json
import sys

from flyte.remote._client.auth._auth_utils import decode_api_key

for line in sys.stdin:
    try:
        domain, client_id, client_secret, org = decode_api_key(json.loads(line))
    except Exception as error:  # noqa: BLE001 - whatever it raises is the recording
        result = {"accepts": False, "error": f"{type(error).__module__}.{type(error).__qualname__}: {error}".removeprefix("builtins.")}
    else:
        result = {"accepts": True, "domain": domain, "clientId": client_id, "clientSecret": client_secret, "org": org}
    print(json.dumps(result))
