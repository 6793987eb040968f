"""Record the token requests that the real Flyte client puts on the wire.

Usage: <venv>/bin/python test/recordings/record_token_requests.py

The venv needs the `flyte` package from PyPI. A plain socket server on the loopback
interface keeps the raw bytes of each request; the client code is the package's own.
All ids and secrets are made up.
"""

from __future__ import annotations

import asyncio
import json
import os
from importlib.metadata import version
from pathlib import Path

for _name in list(os.environ):
    if _name.lower().endswith("_proxy"):
        del os.environ[_name]

from flyte.remote._client.auth._authenticators.base import get_async_session  # noqa: E402
from flyte.remote._client.auth._token_client import get_basic_authorization_header, get_token  # noqa: E402

OUTPUT = Path(__file__).with_name("token-requests.json")
TOKEN_ANSWER = b'{"access_token":"made-up-token","token_type":"Bearer","expires_in":3600}'

SECRETS = [
    ("letters and digits", "secret456"),
    ("unreserved marks", "a-b_c.d~e"),
    ("plus", "p+w+d"),
    ("slash", "p/w/d"),
    ("equals at the end", "c2VjcmV0=="),
    ("percent", "100%"),
    ("percent escape look-alike", "a%2Bb%zz"),
    ("tilde first, as Entra ID makes them", "8Q~fake.Value-0_~x"),
    ("ampersand", "a&b&scope=evil"),
    ("exclamation mark", "wow!"),
    ("single quotes", "it's 'q'"),
    ("parentheses", "f(x)(y)"),
    ("asterisk", "a*b**"),
    ("space inside", "two words"),
    ("spaces at both ends", " padded "),
    ("double quotes", 'say "hi"'),
    ("backslash", "C:\\dir\\n"),
    ("angle brackets", "<tag></tag>"),
    ("hash and question mark", "a#b?c=d"),
    ("at sign", "user@host"),
    ("dollar and comma", "$HOME,$1,"),
    ("semicolon", "a;b;"),
    ("square brackets", "[0][1]"),
    ("curly brackets and pipe", "{a|b}"),
    ("caret", "a^b"),
    ("backtick", "`id`"),
    ("colon", "sec:ret:456"),
    ("e acute", "caf\u00e9"),
    ("sharp s and umlauts", "Stra\u00dfe-\u00e4\u00f6\u00fc"),
    ("emoji outside the basic plane", "key\U0001f511\U0001f600"),
    ("CJK", "\u79d8\u5bc6\u306e\u9375"),
    ("decomposed accent", "cafe\u0301"),
    ("tab, newline and carriage return", "a\tb\nc\r\nd"),
    ("all printable ASCII", "".join(chr(c) for c in range(0x20, 0x7F))),
]

SCOPES = [
    ("scopes empty list", []),
    ("scopes all", ["all"]),
    ("scopes all and offline", ["all", "offline"]),
    ("scopes Entra default", ["api://app/.default"]),
    ("scopes one in single quotes", ["'all'"]),
    ("scopes one in square brackets", ["[all]"]),
    ("scopes not given", None),
    ("scopes repr of a list, split", ["['all'", "'offline']"]),
    ("scopes with outer spaces", [" all ", " offline"]),
    ("scopes one holding a space", ["all offline"]),
    ("scopes with special characters", ["a+b", "c&d=e", "\u00e9"]),
    ("scopes one empty string", [""]),
]

AUDIENCES = [
    ("audience empty", ""),
    ("audience URL", "https://union.example.com"),
    ("audience with a space", "api://x y"),
    ("audience with special characters", "a+b&c=d%20~*'\u00e9"),
]

CLIENT_IDS = [
    ("client id with plus", "app+ci"),
    ("client id with percent", "app%2Bci%"),
    ("client id with at sign", "ci@example.com"),
    ("client id with colon", "api://app:1"),
    ("client id with space and non-ASCII", "caf\u00e9 ci"),
]


def all_cases() -> list[dict]:
    cases = [
        {"name": f"secret: {name}", "clientId": "abc123", "clientSecret": secret, "scopes": ["all"], "audience": ""}
        for name, secret in SECRETS
    ]
    cases += [
        {"name": name, "clientId": "abc123", "clientSecret": "secret456", "scopes": scopes, "audience": ""}
        for name, scopes in SCOPES
    ]
    cases += [
        {"name": name, "clientId": "abc123", "clientSecret": "secret456", "scopes": ["all"], "audience": audience}
        for name, audience in AUDIENCES
    ]
    cases += [
        {"name": name, "clientId": cid, "clientSecret": "p+w/d=%~ &\u00e9:x", "scopes": ["all"], "audience": ""}
        for name, cid in CLIENT_IDS
    ]
    cases.append(
        {
            "name": "everything at once",
            "clientId": "app+ci%@x",
            "clientSecret": "p+w/d=%~ &\u00e9:x!'()*",
            "scopes": ["api://app/.default", "offline"],
            "audience": "https://union.example.com/",
        }
    )
    return cases


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """The bytes of one request whose body has a Content-Length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if name.lower() == b"transfer-encoding":
            raise RuntimeError("the client used a transfer-encoding; this recorder does not expect one")
    return head + await reader.readexactly(length)


def parse_request(raw: bytes, port: int) -> dict:
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("ascii").split("\r\n")
    headers = []
    for line in lines[1:]:
        name, _, value = line.partition(": ")
        headers.append([name, value.replace(f"127.0.0.1:{port}", "127.0.0.1:{port}") if name.lower() == "host" else value])
    return {"requestLine": lines[0], "headers": headers, "body": body.decode("ascii")}


async def main() -> None:
    received: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            received.append(await read_request(reader))
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + str(len(TOKEN_ANSWER)).encode()
                + b"\r\n\r\n"
                + TOKEN_ANSWER
            )
            await writer.drain()
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    recorded = []
    for case in all_cases():
        received.clear()
        async with get_async_session() as session:  # the function the real client gets its session from
            token, refresh_token, expires_in = await get_token(
                token_endpoint=f"http://127.0.0.1:{port}/oauth2/token",
                http_session=session,
                scopes=case["scopes"],
                authorization_header=get_basic_authorization_header(case["clientId"], case["clientSecret"]),
                audience=case["audience"],
            )
        assert (token, refresh_token, expires_in) == ("made-up-token", None, 3600)
        assert len(received) == 1, case["name"]
        recorded.append({**case, "request": parse_request(received[0], port)})
    server.close()
    document = {
        "client": f"flyte {version('flyte')}",
        "httpx": version("httpx"),
        "note": "{port} in the Host header stands for the recorder's random port. Ids and secrets are made up.",
        "cases": recorded,
    }
    OUTPUT.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(recorded)} cases -> {OUTPUT.name}")


if __name__ == "__main__":
    asyncio.run(main())
