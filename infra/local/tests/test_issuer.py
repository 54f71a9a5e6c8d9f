import json
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from plumbline_local.credentials import Credentials, load_or_create
from plumbline_local.issuer import CLIENT_SCOPES, DevIssuer
from plumbline_shared.auth.keys import JwksCache, http_jwks
from plumbline_shared.auth.verifier import TokenVerifier
from plumbline_shared.errors import Unauthenticated
from plumbline_shared.testing.process import free_port


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    return load_or_create(tmp_path / "secrets.json")


@pytest.fixture
def issuer(credentials: Credentials) -> Iterator[DevIssuer]:
    made = DevIssuer(free_port(), credentials)
    made.start()
    yield made
    made.stop()


def post(issuer: DevIssuer, **form: str) -> tuple[int, dict[str, str]]:
    request = Request(f"{issuer.tokens.issuer}/token", urlencode(form).encode())
    try:
        with urlopen(request) as response:
            return response.status, json.load(response)
    except HTTPError as error:
        return error.code, json.load(error)


def verifier(issuer: DevIssuer, audience: str = "plumbline") -> TokenVerifier:
    keys = JwksCache(http_jwks(f"{issuer.tokens.issuer}/jwks.json"))
    return TokenVerifier(issuer=issuer.tokens.issuer, audience=audience, keys=keys)


async def test_a_persons_token_is_what_the_services_accept(issuer: DevIssuer) -> None:
    claims = await verifier(issuer).verify(issuer.tokens.person("D01.chen-gang"))
    assert (claims.sub, claims.bureau, claims.kind) == ("D01.chen-gang", "D01", "person")


@pytest.mark.parametrize("client", CLIENT_SCOPES)
async def test_a_client_gets_its_scopes_for_its_secret(
    issuer: DevIssuer, credentials: Credentials, client: str
) -> None:
    secret = credentials.clients[client]
    status, body = post(issuer, grant_type="client_credentials", client_id=client, client_secret=secret)
    assert status == 200
    claims = await verifier(issuer).verify(body["access_token"])
    assert (claims.sub, claims.kind, claims.bureau) == (client, "client", "D01")
    assert claims.scopes == frozenset(CLIENT_SCOPES[client])


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"grant_type": "client_credentials", "client_id": "hotline", "client_secret": "wrong"}, 401),
        ({"grant_type": "client_credentials", "client_id": "nobody", "client_secret": ""}, 401),
        ({"grant_type": "password", "username": "D01.chen-gang", "password": "wrong"}, 400),
        ({"grant_type": "implicit"}, 400),
    ],
)
def test_without_the_secret_there_is_no_token(issuer: DevIssuer, form: dict[str, str], status: int) -> None:
    answered, body = post(issuer, **form)
    assert answered == status
    assert "access_token" not in body


async def test_another_clones_token_is_foreign(issuer: DevIssuer, tmp_path: Path) -> None:
    other = DevIssuer(issuer.port, load_or_create(tmp_path / "other.json"))
    with pytest.raises(Unauthenticated):
        await verifier(issuer).verify(other.tokens.person("D01.chen-gang"))


def test_discovery_leads_to_the_keys_and_no_private_part(issuer: DevIssuer) -> None:
    with urlopen(f"{issuer.tokens.issuer}/.well-known/openid-configuration") as response:
        discovery = json.load(response)
    with urlopen(discovery["jwks_uri"]) as response:
        keys = json.load(response)["keys"]
    assert discovery["issuer"] == issuer.tokens.issuer
    assert [("d" in key, key["alg"]) for key in keys] == [(False, "ES256")]


def test_secrets_stay_the_same_and_private(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    assert load_or_create(file) == load_or_create(file)
    assert file.stat().st_mode & 0o777 == 0o600
