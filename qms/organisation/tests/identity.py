"""A small OpenID Connect provider, on a real socket: discovery, consent, code with PKCE, signed tokens, who it is."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "qms", "bi-mat-cua-qms"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider(ThreadingHTTPServer):
    """`person` are the claims of whoever signs in next; `asked` counts the calls by path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.person: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.asked: list[str] = []

    def sign(self, audience: str) -> str:
        """The identity token."""
        now = int(time.time())
        claims = {**self.person, "iss": self.url, "aud": audience, "iat": now, "exp": now + 60}
        return jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "1"})


class _Handler(BaseHTTPRequestHandler):
    server: IdentityProvider

    def do_GET(self) -> None:
        self._answer({
            "/.well-known/openid-configuration": self._discovery, "/dong-y": self._consent, "/ai": self._userinfo,
            "/khoa": self._keys,
        })  # fmt: skip

    def do_POST(self) -> None:
        self._answer({"/the": self._token})

    def _answer(self, routes: dict[str, Callable[[], None]]) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        routes.get(path, lambda: self.send_error(404))()

    def _discovery(self) -> None:
        url = self.server.url
        self._json({
            "issuer": url, "authorization_endpoint": f"{url}/dong-y", "token_endpoint": f"{url}/the",
            "userinfo_endpoint": f"{url}/ai", "jwks_uri": f"{url}/khoa",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        })  # fmt: skip

    def _consent(self) -> None:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        code = secrets.token_urlsafe()
        self.server.codes[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def _token(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {key: values[0] for key, values in parse_qs(body).items()}
        asked = self.server.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = (sent.get("client_id"), sent.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        if not asked or not known or asked.get("code_challenge") != challenge:
            self.send_error(400)
            return
        access = secrets.token_urlsafe()
        self.server.tokens.add(access)
        self._json({"access_token": access, "token_type": "Bearer", "id_token": self.server.sign(CLIENT_ID)})

    def _userinfo(self) -> None:
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if bearer in self.server.tokens:
            self._json(self.server.person)
        else:
            self.send_error(401)

    def _keys(self) -> None:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
        self._json({"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]})

    def _json(self, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def serving() -> Iterator[IdentityProvider]:
    """The provider, answering until the end of the block."""
    with IdentityProvider() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
