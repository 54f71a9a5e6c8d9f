"""A development OpenID Connect issuer on a thread of the supervisor. Any other provider can take its place."""

import hmac
import json
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from plumbline_local.credentials import Credentials
from plumbline_local.tokens import HOUR, TokenIssuer

Answer = tuple[HTTPStatus, Mapping[str, object]]

CLIENT_SCOPES: Mapping[str, tuple[str, ...]] = {
    "hotline": ("complaints:intake",),
    "importer": ("directory:import",),
    "queue": ("hall:queue",),
    "core-tax": ("decisions:report",),
    "assessment": ("assessments:import",),
    "school": ("authority:use",),
}
MAX_FORM = 4096


class DevIssuer:
    """Serves discovery, the key set and a token endpoint on 127.0.0.1 until `stop`."""

    def __init__(self, port: int, credentials: Credentials) -> None:
        self.port = port
        self.tokens = TokenIssuer(f"http://127.0.0.1:{port}", credentials)
        self._credentials = credentials
        self._server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        issuer = self

        class Handler(_Handler):
            answers = issuer

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, name="issuer", daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def get(self, path: str) -> Answer:
        """Discovery (OpenID Connect Discovery 1.0 §3) and keys; anything else does not exist."""
        if path == "/.well-known/openid-configuration":
            return HTTPStatus.OK, self._discovery()
        if path == "/jwks.json":
            return HTTPStatus.OK, self.tokens.jwks()
        if path == "/readyz":
            return HTTPStatus.OK, {"status": "ready"}
        return HTTPStatus.NOT_FOUND, {"error": "not_found"}

    def token(self, form: Mapping[str, str]) -> Answer:
        """RFC 6749: `client_credentials` for programs, `password` for persons of the demonstration."""
        match form.get("grant_type"):
            case "client_credentials":
                return self._client(form)
            case "password":
                return self._person(form)
            case _:
                return HTTPStatus.BAD_REQUEST, {"error": "unsupported_grant_type"}

    def _client(self, form: Mapping[str, str]) -> Answer:
        client, secret = form.get("client_id", ""), form.get("client_secret", "")
        if not _same(secret, self._credentials.clients.get(client)):
            return HTTPStatus.UNAUTHORIZED, {"error": "invalid_client"}
        scopes = CLIENT_SCOPES.get(client, ())
        return _granted(self.tokens.client(client, scopes, form.get("bureau", "D01"), HOUR))

    def _person(self, form: Mapping[str, str]) -> Answer:
        person = form.get("username", "")
        if "." not in person or not _same(form.get("password", ""), self._credentials.persons):
            return HTTPStatus.BAD_REQUEST, {"error": "invalid_grant"}
        return _granted(self.tokens.person(person, HOUR))

    def _discovery(self) -> Mapping[str, object]:
        issuer = self.tokens.issuer
        return {
            "issuer": issuer,
            "jwks_uri": f"{issuer}/jwks.json",
            "token_endpoint": f"{issuer}/token",
            "grant_types_supported": ["client_credentials", "password"],
            "response_types_supported": ["none"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


class _Handler(BaseHTTPRequestHandler):
    answers: DevIssuer

    def do_GET(self) -> None:
        self._send(*self.answers.get(self.path))

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        if self.path != "/token" or length > MAX_FORM:
            self._send(HTTPStatus.NOT_FOUND, {"error": "not_found"})
            return
        self._send(*self.answers.token(dict(parse_qsl(self.rfile.read(length).decode("utf-8", "replace")))))

    def _send(self, status: HTTPStatus, body: Mapping[str, object]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.send_header("cache-control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a form holds secrets."""


def _granted(token: str) -> Answer:
    return HTTPStatus.OK, {"access_token": token, "token_type": "Bearer", "expires_in": HOUR}


def _same(given: str, known: str | None) -> bool:
    return known is not None and hmac.compare_digest(given.encode(), known.encode())
