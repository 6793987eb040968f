"""Record how the real Flyte client discovers its OAuth settings.

Usage: <venv>/bin/python test/recordings/record_auth_metadata_requests.py

The venv needs the `flyte` package from PyPI. Plain socket servers on the loopback
interface keep the raw requests and give canned answers; the client is the package's own
RemoteClientConfigStore over the package's own pyqwest client.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import ssl
import tempfile
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path

for _name in list(os.environ):
    if _name.lower().endswith("_proxy"):
        del os.environ[_name]

from cryptography import x509  # noqa: E402
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID  # noqa: E402
from flyte.remote._client.auth._client_config import RemoteClientConfigStore  # noqa: E402
from flyte.remote._client.auth._session import _build_pyqwest_client  # noqa: E402
from flyteidl2.auth.auth_service_pb2 import GetOAuth2MetadataResponse, GetPublicClientConfigResponse  # noqa: E402

OUTPUT = Path(__file__).with_name("auth-metadata-requests.json")
SERVICE = "/flyteidl2.auth.AuthMetadataService/"
LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>\n"
METADATA = GetOAuth2MetadataResponse(
    issuer="https://idp.example.com",
    authorization_endpoint="https://idp.example.com/v1/authorize",
    token_endpoint="https://idp.example.com/v1/token",
    response_types_supported=["code"],
    scopes_supported=["all", "offline"],
    token_endpoint_auth_methods_supported=["client_secret_basic"],
    jwks_uri="https://idp.example.com/v1/keys",
    code_challenge_methods_supported=["S256"],
    grant_types_supported=["client_credentials", "authorization_code"],
    device_authorization_endpoint="https://idp.example.com/v1/device",
)


def public_config(**changes) -> GetPublicClientConfigResponse:
    fields = {
        "client_id": "flytectl",
        "redirect_uri": "http://localhost:53593/callback",
        "scopes": ["all", "offline"],
        "authorization_metadata_key": "flyte-authorization",
        "audience": "https://union.example.com",
    }
    return GetPublicClientConfigResponse(**{**fields, **changes})


class Answer:
    """One HTTP answer: status line, headers, body."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def bytes(self) -> bytes:
        head = f"HTTP/1.1 {self.status}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in self.headers)
        return (head + f"Content-Length: {len(self.body)}\r\nConnection: close\r\n\r\n").encode() + self.body

    def json(self) -> dict:
        return {
            "status": int(self.status.split()[0]),
            "headers": [list(h) for h in self.headers],
            "bodyHex": self.body.hex(),
        }


PROTO = [("Content-Type", "application/proto")]
GZIP_PROTO = [*PROTO, ("Content-Encoding", "gzip")]
HTML = [("Content-Type", "text/html; charset=utf-8")]
JSON = [("Content-Type", "application/json")]


def both(answer: Answer) -> dict[str, Answer]:
    return {"GetOAuth2Metadata": answer, "GetPublicClientConfig": answer}


def redirect(status: str, location: str) -> Answer:
    return Answer(status, [("Location", location)], b"")


def moved(status: str) -> dict[str, Answer]:
    """Each RPC is redirected to a path of its own that gives the good answer."""
    good = proto()
    return {
        **{rpc: redirect(status, f"/moved/{rpc}") for rpc in good},
        **{f"/moved/{rpc}": answer for rpc, answer in good.items()},
    }


def metadata_only(answer: Answer) -> dict[str, Answer]:
    """A bad answer to one RPC only: with two, the error text names the one that came back first."""
    return {**proto(), "GetOAuth2Metadata": answer}


def proto(metadata=METADATA, config=None, headers=PROTO, pack=lambda b: b) -> dict[str, Answer]:
    config = public_config() if config is None else config
    return {
        "GetOAuth2Metadata": Answer("200 OK", headers, pack(metadata.SerializeToString(deterministic=True))),
        "GetPublicClientConfig": Answer("200 OK", headers, pack(config.SerializeToString(deterministic=True))),
    }


def answers() -> list[tuple[str, dict[str, Answer]]]:
    error = b'{"code":"%s","message":"%s"}'
    return [
        ("binary, identity", proto()),
        ("binary, gzip", proto(headers=GZIP_PROTO, pack=lambda b: gzip.compress(b, mtime=0))),
        ("authorization_metadata_key empty", proto(config=public_config(authorization_metadata_key=""))),
        ("200 with an HTML page", both(Answer("200 OK", HTML, LOGIN_PAGE))),
        ("302 to a login page", {**both(redirect("302 Found", "/login")), "/login": Answer("200 OK", HTML, LOGIN_PAGE)}),
        ("302 to a missing page", {**both(redirect("302 Found", "/login")), "/login": Answer("404 Not Found", HTML, LOGIN_PAGE)}),
        ("302 to a path that answers in protobuf", moved("302 Found")),
        ("303 to a path that answers in protobuf", moved("303 See Other")),
        ("307 to a path that answers in protobuf", moved("307 Temporary Redirect")),
        ("308 to a path that answers in protobuf", moved("308 Permanent Redirect")),
        ("302 to itself for ever", metadata_only(redirect("302 Found", f"{SERVICE}GetOAuth2Metadata"))),
        ("302 without a Location", both(Answer("302 Found", HTML, LOGIN_PAGE))),
        ("401 with an HTML page", both(Answer("401 Unauthorized", HTML, LOGIN_PAGE))),
        ("404 with an HTML page", both(Answer("404 Not Found", HTML, LOGIN_PAGE))),
        ("404 without a body", both(Answer("404 Not Found", [], b""))),
        ("403 with an HTML page", both(Answer("403 Forbidden", HTML, LOGIN_PAGE))),
        ("415 without a body", both(Answer("415 Unsupported Media Type", [], b""))),
        ("429 with plain text", both(Answer("429 Too Many Requests", [("Content-Type", "text/plain")], b"slow down"))),
        ("500 with plain text", both(Answer("500 Internal Server Error", [("Content-Type", "text/plain")], b"oops"))),
        ("502 with an HTML page", both(Answer("502 Bad Gateway", HTML, LOGIN_PAGE))),
        ("503 with an HTML page", both(Answer("503 Service Unavailable", HTML, LOGIN_PAGE))),
        ("401 Connect error", both(Answer("401 Unauthorized", JSON, error % (b"unauthenticated", b"no token")))),
        ("501 Connect error", both(Answer("501 Not Implemented", JSON, error % (b"unimplemented", b"auth metadata is off")))),
        ("401 grpc-gateway error", both(Answer("401 Unauthorized", JSON, b'{"code":16,"message":"token parse error"}'))),
        ("200 with Connect JSON", both(Answer("200 OK", JSON, b"{}"))),
        ("200 grpc content type", both(Answer("200 OK", [("Content-Type", "application/grpc")], b""))),
        ("200 without a content type", both(Answer("200 OK", [], b""))),
        ("binary, both messages empty", proto(GetOAuth2MetadataResponse(), GetPublicClientConfigResponse())),
        ("metadata cut short", metadata_only(Answer("200 OK", PROTO, METADATA.SerializeToString(deterministic=True)[:-3]))),
        ("metadata not protobuf", metadata_only(Answer("200 OK", PROTO, b"\xff\xff\xff"))),
        ("metadata claims gzip, is not", metadata_only(Answer("200 OK", GZIP_PROTO, b"\n\x01x"))),
        ("metadata is gzip, does not say so", metadata_only(Answer("200 OK", PROTO, gzip.compress(b"\n\x01x", mtime=0)))),
        ("metadata with an unknown content-encoding", metadata_only(Answer("200 OK", [*PROTO, ("Content-Encoding", "rot13")], b"\n\x01x"))),
        ("content type with a parameter", proto(headers=[("Content-Type", "application/proto; charset=utf-8")])),
        ("content type in capitals", proto(headers=[("Content-Type", "Application/Proto")])),
        ("only the metadata is HTML", metadata_only(Answer("200 OK", HTML, LOGIN_PAGE))),
        (
            "only the public client config is 404",
            {**proto(), "GetPublicClientConfig": Answer("404 Not Found", HTML, LOGIN_PAGE)},
        ),
    ]


async def read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = [line.partition(b":") for line in head.split(b"\r\n")[1:] if line]
    names = {name.lower(): value.strip() for name, _, value in fields}
    if b"transfer-encoding" not in names:
        return head, await reader.readexactly(int(names.get(b"content-length", b"0")))
    body = b""
    while True:  # chunked
        size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        body += await reader.readexactly(size)
        await reader.readexactly(2)
        if size == 0:
            return head, body


class Server:
    def __init__(self) -> None:
        self.requests: list[dict] = []
        self.answers: dict[str, Answer] = {}
        self.port = 0
        self.alpn: list[str | None] = []

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            tls = writer.get_extra_info("ssl_object")
            if tls is not None:
                self.alpn.append(tls.selected_alpn_protocol())
                if tls.selected_alpn_protocol() == "h2":
                    return  # seen what was negotiated; this server does not speak HTTP/2
            head, body = await read_request(reader)
            lines = head.decode("ascii").split("\r\n")[:-2]
            headers = []
            for line in lines[1:]:
                name, _, value = line.partition(": ")
                headers.append([name, hide_port(value, self.port)])
            self.requests.append({"requestLine": lines[0], "headers": headers, "bodyHex": body.hex()})
            writer.write(self.answers[lines[0].split()[1].removeprefix(SERVICE)].bytes())
            await writer.drain()
        finally:
            writer.close()


def class_name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def hide_port(text: str, port: int) -> str:
    return text.replace(f":{port}", ":{port}")


async def ask(server: Server, tls_ca_cert: bytes | None = None) -> dict:
    """What the real client makes of the server's answers."""
    scheme = "https" if tls_ca_cert else "http"
    store = RemoteClientConfigStore(
        endpoint=f"{scheme}://127.0.0.1:{server.port}", http_client=_build_pyqwest_client(tls_ca_cert)
    )
    try:
        config = await asyncio.wait_for(store.get_client_config(), 20)
    except Exception as error:  # noqa: BLE001 - whatever the client raises is the recording
        result = {
            "error": {
                "class": class_name(error),
                "message": hide_port(str(error), server.port),
                "code": str(getattr(getattr(error, "code", None), "value", getattr(error, "code", None))),
            }
        }
        if error.__cause__ is not None:
            cause = error.__cause__
            result["error"]["cause"] = {"class": class_name(cause), "message": hide_port(str(cause), server.port)}
        return result
    return {"fields": config.model_dump()}


def certificates() -> tuple[bytes, bytes, bytes]:
    """PEM of a throw-away CA, of a server certificate for 127.0.0.1, and of its key."""
    now = datetime.now(timezone.utc)

    def build(subject, public_key, issuer, signer, extensions):
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(signer, hashes.SHA256())

    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = build("recorder CA", ca_key.public_key(), "recorder CA", ca_key, [(x509.BasicConstraints(True, None), True)])
    leaf = build(
        "127.0.0.1",
        key.public_key(),
        "recorder CA",
        ca_key,
        [
            (x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
            (x509.BasicConstraints(False, None), True),
        ],
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return ca.public_bytes(pem), leaf.public_bytes(pem), private


def offered_protocols(hello: bytes) -> list[str] | None:
    """The ALPN list of a TLS ClientHello record, or None when it has no such extension."""
    at = 5 + 4 + 2 + 32
    at += 1 + hello[at]  # session id
    at += 2 + int.from_bytes(hello[at : at + 2], "big")  # cipher suites
    at += 1 + hello[at]  # compression methods
    end = at + 2 + int.from_bytes(hello[at : at + 2], "big")
    at += 2
    while at < end:
        kind, size = int.from_bytes(hello[at : at + 2], "big"), int.from_bytes(hello[at + 2 : at + 4], "big")
        value = hello[at + 4 : at + 4 + size]
        if kind == 16:
            names, i = [], 2
            while i < len(value):
                names.append(value[i + 1 : i + 1 + value[i]].decode("ascii"))
                i += 1 + value[i]
            return names
        at += 4 + size
    return None


async def record_alpn() -> dict:
    ca, leaf, key = certificates()
    hellos: list[bytes] = []

    async def keep_hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readexactly(5)
        hellos.append(head + await reader.readexactly(int.from_bytes(head[3:5], "big")))
        writer.close()

    peek = Server()
    listener = await asyncio.start_server(keep_hello, "127.0.0.1", 0)
    peek.port = listener.sockets[0].getsockname()[1]
    await ask(peek, ca)
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # the h2 connection is dropped on purpose
    result: dict = {"offered": offered_protocols(hellos[0]), "negotiated": {}}
    with tempfile.TemporaryDirectory() as folder:
        chain = Path(folder, "server.pem")
        chain.write_bytes(leaf + key)
        for label, protocols in [
            ("server offers h2, http/1.1", ["h2", "http/1.1"]),
            ("server offers http/1.1", ["http/1.1"]),
            ("server without ALPN", None),
        ]:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(chain)
            if protocols:
                context.set_alpn_protocols(protocols)
            server = Server()
            server.answers = proto()
            await server.start(context)
            outcome = await ask(server, ca)
            result["negotiated"][label] = {
                "protocol": server.alpn[0] if server.alpn else "no handshake",
                "requestsOverHttp1": sorted(r["requestLine"] for r in server.requests),
                "clientReadTheAnswers": "fields" in outcome,
            }
    return result


async def main() -> None:
    server = Server()
    await server.start()
    server.answers = proto()
    await ask(server)
    requests = {r["requestLine"].split()[1].removeprefix(SERVICE): r for r in server.requests}
    assert sorted(requests) == ["GetOAuth2Metadata", "GetPublicClientConfig"] and len(server.requests) == 2

    responses = []
    for name, canned in answers():
        server = Server()  # a new one: the client may leave a request behind when the other one fails
        await server.start()
        server.answers = canned
        outcome = await ask(server)
        await asyncio.sleep(0.3)
        case = {"name": name, "responses": {rpc: a.json() for rpc, a in canned.items()}, **outcome}
        # The RPC requests are the ones above; what is of interest is where a redirect led to, and with what method.
        others = [r for r in server.requests if not r["requestLine"].startswith(f"POST {SERVICE}")]
        if others:
            case["redirectedRequests"] = sorted(others, key=json.dumps)
        responses.append(case)
        print(f"{name}: {json.dumps(outcome)[:300]}")

    document = {
        "client": f"flyte {version('flyte')}",
        "connectrpc": version("connectrpc"),
        "pyqwest": version("pyqwest"),
        "flyteidl2": version("flyteidl2"),
        "note": "{port} stands for the recorder's random port. The two requests go out at the same time on two connections. "
        "Bytes 4 to 7 of the gzip body are the time of the request, so bodyHex differs from one request to the next.",
        "requests": dict(sorted(requests.items())),
        "alpnOverTls": await record_alpn(),
        "responses": responses,
    }
    OUTPUT.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps({"requests": document["requests"], "alpnOverTls": document["alpnOverTls"]}, indent=1))


if __name__ == "__main__":
    asyncio.run(main())
