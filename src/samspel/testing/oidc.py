"""OpenID Connect providers for tests: a real one as a process of its own, and one that answers wrongly when asked."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from samspel.testing.ports import free_port

CLIENT_ID = "samspel-in-test"
START = 30  # seconds


class Provider:
    """The real one. People are added with `add`; `log_in` is what they do on its page."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://localhost:{port}"

    def add(self, sub: str, **claims: Any) -> None:
        """Somebody who can log in there."""
        requests.put(f"{self.issuer}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def log_in(self, address: str, sub: str) -> str:
        """The address that she is sent back to after logging in at the address she was sent to."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        return answer.headers["Location"]

    def deny(self, address: str) -> str:
        """The same, when she stops half-way; with the state, which this provider leaves out and others give back."""
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
        return f"{answer.headers['Location']}&state={parse_qs(urlsplit(address).query)['state'][0]}"


@pytest.fixture(scope="session")
def oidc_process() -> Iterator[Provider]:
    """`oidc-provider-mock` as a process, for the whole run."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://localhost:{port}/.well-known/openid-configuration", process)
        yield Provider(port)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        with suppress(requests.ConnectionError):
            if requests.get(address, timeout=2).ok:
                return
        time.sleep(0.1)
    raise RuntimeError("The OpenID Connect provider did not start.")


@cache
def _keys() -> tuple[Any, Any]:
    """Two keys that go by the same name; made once a run."""
    from joserfc.jwk import RSAKey

    return RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


class Liar:
    """A provider whose answers are right but for what a test changes: `claims`, `header`, `signs_with`, `userinfo`.

    `asked` is the last token request; a wrong code verifier (PKCE) is refused as a real one would.
    """

    def __init__(self) -> None:
        self.key, self.other_key = _keys()
        self.signs_with = self.key
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.is_ill = False
        self.asked: dict[str, list[str]] = {}
        self.questions: dict[str, dict[str, list[str]]] = {}
        self.issuer = ""

    def log_in(self, address: str) -> str:
        """The address that she is sent back to, as if she had logged in."""
        question = parse_qs(urlsplit(address).query)
        code = f"code-{len(self.questions)}"
        self.questions[code] = question
        return f"{question['redirect_uri'][0]}?{urlencode({'code': code, 'state': question['state'][0]})}"

    def id_token(self, question: dict[str, list[str]]) -> str:
        """Signed, for that question."""
        from joserfc import jwt

        now = int(time.time())
        right = {
            "iss": self.issuer, "sub": "astrid", "aud": CLIENT_ID, "iat": now, "exp": now + 300,
            "nonce": question.get("nonce", [""])[0],
        }  # fmt: skip
        told = {name: value for name, value in {**right, **self.claims}.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "one", **self.header}, told, self.signs_with)

    def answer(self, path: str, asked: dict[str, list[str]]) -> tuple[int, Any]:
        """Status and JSON."""
        if self.is_ill:
            return 500, {"error": "ill"}
        if path.endswith("openid-configuration"):
            ends = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            told = {"issuer": self.issuer, **ends, "userinfo_endpoint": f"{self.issuer}/userinfo"}
            return 200, told
        if path == "/jwks_uri":
            return 200, {"keys": [{**self.key.as_dict(private=False), "use": "sig", "alg": "RS256"}]}
        if path == "/userinfo":
            return 200, self.userinfo if self.userinfo is not None else {"sub": self.claims.get("sub", "astrid")}
        return self._token(asked)

    def _token(self, asked: dict[str, list[str]]) -> tuple[int, Any]:
        self.asked = asked
        question = self.questions[asked["code"][0]]
        digest = hashlib.sha256(asked.get("code_verifier", [""])[0].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != question["code_challenge"][0]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(question)}


@pytest.fixture
def oidc_liar() -> Iterator[Liar]:
    """A provider of our own on this machine."""
    liar = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(*liar.answer(urlsplit(self.path).path, {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._say(*liar.answer(urlsplit(self.path).path, parse_qs(body)))

        def _say(self, status: int, told: Any) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("localhost", free_port()), Handler)
    liar.issuer = f"http://localhost:{server.server_port}"
    # By itself it looks twice a second whether to stop, and every test would wait for that.
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield liar
    server.shutdown()
    server.server_close()
