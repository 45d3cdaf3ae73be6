"""An OpenID provider of our own that does what a good one never would, on loopback. A test says what it answers."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, SECRET = "vedette", "a secret of some length, 32 bytes"
KID = "the key"


@dataclass
class HostileProvider:
    """What it answers: `answers` by path are (status, headers, body) and go before what a good one says."""

    issuer: str = ""
    key: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))
    described: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    id_token: str = ""
    userinfo: dict[str, Any] = field(default_factory=lambda: {"sub": "anna"})
    delay_s: float = 0
    asked: Counter[str] = field(default_factory=Counter)

    def jwk(self) -> dict[str, Any]:
        """Its public key."""
        public: dict[str, Any] = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {**public, "kid": KID, "use": "sig"}

    def claims(self, nonce: str, **more: Any) -> dict[str, Any]:
        """Those of a good token."""
        now = int(time.time())
        good = {"iss": self.issuer, "sub": "anna", "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce}
        return {**good, **more}

    def sign(self, claims: dict[str, Any], key: Any = None, algorithm: str = "RS256", kid: str = KID) -> str:
        """A token with these claims; those that are None are left out."""
        there = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(there, key if key is not None else self.key, algorithm=algorithm, headers={"kid": kid})

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """To a request for this path."""
        self.asked[path] += 1
        time.sleep(self.delay_s)
        if path in self.answers:
            return self.answers[path]
        documents = {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                **self.described,
            },
            "/keys": {"keys": [self.jwk()]},
            "/token": {"access_token": "access", "token_type": "Bearer", "id_token": self.id_token},
            "/userinfo": self.userinfo,
        }
        found = documents.get(path)
        return (404, {}, b"") if found is None else (200, {}, json.dumps(found).encode())


@contextmanager
def hostile_provider() -> Iterator[HostileProvider]:
    """One that is good until the test says otherwise."""
    provider = HostileProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            status, headers, body = provider.answer(self.path.partition("?")[0])
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                pass  # the caller has read enough

        do_POST = do_GET  # noqa: N815 - the base class's name

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
