"""Run each decoder over the same API keys and store what it makes of them.

Usage: python3 test/recordings/record_key_decoders.py --flyte-python <venv>/bin/python \\
         --union-python <venv>/bin/python --rust <path of the built rust-decoder>

The Go decoder is run with `go run`. README.md in this folder has the whole recipe.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OUTPUT = HERE / "key-decoders.json"


def output_of(command: list[str], stdin: str = "") -> str:
    return subprocess.run(command, input=stdin, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout


def version_of(python: str, package: str) -> str:
    code = "import sys; from importlib.metadata import version; print(version(sys.argv[1]), 'Python', sys.version.split()[0])"
    version, *rest = output_of([python, "-c", code, package]).split()
    return f"PyPI {package} {version}, {' '.join(rest)}"


def main() -> None:
    parser = argparse.ArgumentParser()
    for option in ("--flyte-python", "--union-python", "--rust"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()

    cases = [json.loads(line) for line in output_of([sys.executable, str(HERE / "make_keys.py")]).splitlines()]
    stdin = "".join(json.dumps(case["key"]) + "\n" for case in cases)
    go_version = output_of(["go", "env", "GOVERSION"]).strip()
    decoders = {
        "flyte-sdk": (
            [options.flyte_python, str(HERE / "decode_flyte_sdk.py")],
            f"real code: {version_of(options.flyte_python, 'flyte')}, decode_api_key",
        ),
        "rust-controller": (
            [options.rust],
            "reimplemented (rust-decoder) after flyte-sdk rs_controller/src/auth/config.rs and errors.rs, crate base64 0.22.1",
        ),
        "terraform": (
            ["go", "run", str(HERE / "go-decoder" / "main.go")],
            "reimplemented (go-decoder) after terraform-provider-unionai internal/provider/oauth.go decodeApiKey, " + go_version,
        ),
        "union-sdk": (
            [options.union_python, str(HERE / "decode_union_sdk.py")],
            f"real code: {version_of(options.union_python, 'union')}, _decode_union_api_key and _decode_app_client_credentials",
        ),
    }
    results = {}
    for name, (command, _) in decoders.items():
        results[name] = [json.loads(line) for line in output_of(command, stdin).split("\n") if line]  # not splitlines: a result may hold U+2028
        assert len(results[name]) == len(cases), name
        print(f"{name}: accepts {sum(r['accepts'] for r in results[name])} of {len(cases)}")

    head = {"decoders": {name: {"source": source} for name, (_, source) in decoders.items()}}
    rows = [{**case, "results": {name: results[name][i] for name in decoders}} for i, case in enumerate(cases)]
    # One case per line: the file is for tests to read, and stays small enough to look at.
    text = json.dumps(head, indent=2, ensure_ascii=False)[:-2] + ',\n  "cases": [\n'
    text += ",\n".join("    " + json.dumps(row) for row in rows) + "\n  ]\n}\n"
    json.loads(text)
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"{len(cases)} keys -> {OUTPUT.name}, {len(text)} characters")


if __name__ == "__main__":
    main()
