"""Have flyteplugins-union encode keys: four fields as one JSON object per line on stdin, one JSON string per line back."""

import json
import sys

from flyteplugins.union.utils.auth import AppClientCredentials, encode_app_client_credentials

for line in sys.stdin:
    fields = json.loads(line)
    credentials = AppClientCredentials(fields["domain"], fields["clientId"], fields["clientSecret"], fields["org"])
    print(json.dumps(encode_app_client_credentials(credentials)))
