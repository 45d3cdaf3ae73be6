"""What a provider must not get away with, and what somebody between us and it must not."""

import hmac
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from tests.support.accounts import AUTH, StillClock, add_user, bearer, client_of, log_in
from tests.support.app import TestRecorders, started
from tests.support.hostile_openid import CLIENT_ID, KID, SECRET, HostileProvider, hostile_provider
from vedette.api.app import create_app
from vedette.audit.tables import AuditRow
from vedette.core.clock import ManualClock, SystemClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.identity.attempts import ADDRESS_FREE
from vedette.identity.oidc.discovery import REFETCH_S
from vedette.identity.oidc.outbound import MOST_BYTES, Outbound
from vedette.media.dial import Found
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

DESCRIPTION = "/.well-known/openid-configuration"
ROLES = "/api/v1/roles"


@pytest.fixture
def provider() -> Iterator[HostileProvider]:
    with hostile_provider() as provider:
        yield provider


@pytest.fixture
def clock() -> ManualClock:
    clock = StillClock()
    clock.jump((SystemClock().now_ms() - clock.now_ms()) / 1000)
    return clock


class Place:
    """A browser, and an administrator's program, before an app that has the provider as `bad`."""

    def __init__(self, browser: httpx.AsyncClient, admin: httpx.AsyncClient, provider: HostileProvider) -> None:
        self.browser, self.admin, self.provider = browser, admin, provider
        self.id = ""

    async def add(self, **more: Any) -> None:
        body = {"slug": "bad", "name": "Bad", "issuer": self.provider.issuer, "client_id": CLIENT_ID}
        answer = await self.admin.post(
            "/api/v1/oidc-providers", json={**body, "client_secret": SECRET, "new_users": "all", **more}
        )
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]

    async def begin(self) -> dict[str, str]:
        """What the provider is asked with."""
        sent = await self.browser.get(f"{AUTH}/oidc/bad/start")
        query = parse_qs(urlsplit(sent.headers["location"]).query)
        return {name: values[0] for name, values in query.items()}

    async def come_back(self, asked: dict[str, str], **more: str) -> str:
        """`in`, or the code of the failure."""
        params = {"code": "a code", "state": asked["state"], **more}
        return outcome(await self.browser.get(f"{AUTH}/oidc/bad/callback", params=params))

    async def come_in(self, **claims: Any) -> str:
        """With a token that is good but for these claims."""
        asked = await self.begin()
        self.provider.id_token = self.provider.sign(self.provider.claims(asked["nonce"], **claims))
        return await self.come_back(asked)


def outcome(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return query["error"][0] if "error" in query else "in"


@pytest.fixture
async def place(
    sqlite_database: Database,
    settings: Settings,
    recorders: TestRecorders,
    clock: ManualClock,
    provider: HostileProvider,
) -> AsyncIterator[Place]:
    app = create_app(settings, sqlite_database, clock=clock, recorders=recorders)
    async with started(app) as browser, client_of(app) as admin:
        await add_user(app, "root")
        admin.headers.update(bearer(await log_in(admin, "root")))
        yield Place(browser, admin, provider)


Make = Callable[[HostileProvider, dict[str, Any]], str]


def public_pem(provider: HostileProvider) -> bytes:
    return provider.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def hs256(provider: HostileProvider, claims: dict[str, Any], key: bytes) -> str:
    """PyJWT itself refuses to sign with a public key, so the MAC is made by hand."""
    header = jwt.utils.base64url_encode(json.dumps({"alg": "HS256", "kid": KID}).encode())
    signed = header + b"." + jwt.utils.base64url_encode(json.dumps(claims).encode())
    return (signed + b"." + jwt.utils.base64url_encode(hmac.digest(key, signed, "sha256"))).decode()


BAD_TOKENS: dict[str, Make] = {
    "not signed": lambda _, claims: jwt.encode(claims, "", algorithm="none"),
    "HS256 with the public key": lambda provider, claims: hs256(provider, claims, public_pem(provider)),
    "HS256 with the client secret": lambda provider, claims: hs256(provider, claims, SECRET.encode()),
    "signed with another key": lambda provider, claims: provider.sign(claims, generate_private_key(65537, 2048)),
    "signed with a key that is not shown": lambda provider, claims: provider.sign(claims, kid="other"),
    "altered": lambda provider, claims: provider.sign(claims)[:-10] + "AAAAAAAAAA",
    "no token at all": lambda *_: "",
    "of another issuer": lambda provider, claims: provider.sign({**claims, "iss": "https://other.example"}),
    "for another application": lambda provider, claims: provider.sign({**claims, "aud": "other"}),
    "for nobody": lambda provider, claims: provider.sign({**claims, "aud": None}),
    "for several, of which none asked": lambda provider, claims: provider.sign({**claims, "aud": [CLIENT_ID, "other"]}),
    "asked for by another": lambda provider, claims: provider.sign({**claims, "azp": "other"}),
    "of another login": lambda provider, claims: provider.sign({**claims, "nonce": "other"}),
    "of no login": lambda provider, claims: provider.sign({**claims, "nonce": None}),
    "about nobody": lambda provider, claims: provider.sign({**claims, "sub": None}),
    "expired": lambda provider, claims: provider.sign({**claims, "exp": claims["iat"] - 600}),
    "without an end": lambda provider, claims: provider.sign({**claims, "exp": None}),
    "without a beginning": lambda provider, claims: provider.sign({**claims, "iat": None}),
    "of tomorrow": lambda provider, claims: provider.sign(
        {**claims, "iat": claims["iat"] + 86_400, "exp": claims["exp"] + 86_400}
    ),
    "not valid yet": lambda provider, claims: provider.sign({**claims, "nbf": claims["iat"] + 3600}),
}


@pytest.mark.parametrize("name", BAD_TOKENS)
async def test_a_bad_token_lets_nobody_in(
    place: Place, provider: HostileProvider, sqlite_database: Database, name: str
) -> None:
    await place.add()
    asked = await place.begin()
    claims = provider.claims(asked["nonce"])
    provider.id_token = BAD_TOKENS[name](provider, claims)
    assert await place.come_back(asked) == "oidc.token_invalid"
    assert (await place.browser.get(f"{AUTH}/me")).status_code == 401
    async with sqlite_database.read() as session:
        entry = (await session.scalars(select(AuditRow).where(AuditRow.object_kind == "oidc_provider"))).all()[-1]
    assert (entry.action, entry.result) == ("auth.login", "failed")
    assert entry.detail.startswith("oidc.token_invalid: The provider's ID token was refused: ")


async def test_a_good_token_lets_in(place: Place) -> None:
    """Without this the table above would prove nothing."""
    await place.add()
    assert await place.come_in() == "in"
    assert await place.come_in(aud=[CLIENT_ID, "other"], azp=CLIENT_ID) == "in"


async def test_a_short_key_is_refused(place: Place, provider: HostileProvider) -> None:
    provider.key = generate_private_key(65537, 1024)
    await place.add()
    asked = await place.begin()
    with pytest.warns(UserWarning, match="below the minimum"):  # PyJWT warns of what it signs here
        provider.id_token = provider.sign(provider.claims(asked["nonce"]))
    assert await place.come_back(asked) == "oidc.token_invalid"


async def test_tokens_with_made_up_key_ids_do_not_make_us_ask_all_the_time(
    place: Place, provider: HostileProvider, clock: ManualClock
) -> None:
    await place.add()
    assert await place.come_in() == "in"
    for _ in range(5):
        asked = await place.begin()
        provider.id_token = provider.sign(provider.claims(asked["nonce"]), kid="made up")
        assert await place.come_back(asked) == "oidc.token_invalid"
    assert provider.asked["/keys"] == 1
    clock.advance(REFETCH_S)
    for _ in range(5):
        asked = await place.begin()
        await place.come_back(asked)
    assert provider.asked["/keys"] == 2


ANSWERS: dict[str, tuple[tuple[int, dict[str, str], bytes], str]] = {
    "a redirect": ((302, {"Location": "http://169.254.169.254/latest"}, b""), "oidc.provider_redirects"),
    "not found": ((404, {}, b"{}"), "oidc.discovery"),
    "a page": ((200, {}, b"<html>"), "oidc.discovery"),
    "a list": ((200, {}, b"[]"), "oidc.discovery"),
    "deep nesting": ((200, {}, b"[" * 100_000), "oidc.discovery"),
    "too much": ((200, {}, b" " * (MOST_BYTES + 1)), "oidc.provider_answer"),
    "another issuer": ((200, {}, b'{"issuer": "https://other.example"}'), "oidc.issuer_differs"),
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_bad_description(place: Place, provider: HostileProvider, name: str) -> None:
    provider.answers[DESCRIPTION], code = ANSWERS[name]
    await place.add()
    assert outcome(await place.browser.get(f"{AUTH}/oidc/bad/start")) == code
    tested = (await place.admin.post(f"/api/v1/oidc-providers/{place.id}/test")).json()
    assert tested["ok"] is False
    assert tested["findings"][-1]["level"] == "problem"
    # Whoever tries again at once is told the same without asking the provider.
    before = provider.asked[DESCRIPTION]
    assert outcome(await place.browser.get(f"{AUTH}/oidc/bad/start")) == code
    assert provider.asked[DESCRIPTION] == before


@pytest.mark.parametrize("endpoint", ["http://169.254.169.254/keys", "http://[::ffff:169.254.169.254]/keys"])
async def test_a_provider_does_not_send_us_to_metadata_services(
    place: Place, provider: HostileProvider, endpoint: str
) -> None:
    provider.described = {"jwks_uri": endpoint}
    await place.add()
    assert await place.come_in() == "oidc.provider_refused_address"


async def test_a_redirect_of_the_token_endpoint_is_not_followed(place: Place, provider: HostileProvider) -> None:
    """The secret would go along."""
    await place.add()
    provider.answers["/token"] = (307, {"Location": f"{provider.issuer}/elsewhere"}, b"")
    assert await place.come_in() == "oidc.provider_redirects"
    assert provider.asked["/elsewhere"] == 0


async def test_userinfo_about_somebody_else(place: Place, provider: HostileProvider) -> None:
    provider.userinfo = {"sub": "root", "groups": ["admins"]}
    await place.add()
    assert await place.come_in() == "oidc.userinfo"


async def test_groups_that_were_left_out_for_being_too_many_are_not_taken_away(
    place: Place, provider: HostileProvider
) -> None:
    roles = {one["name"]: one["id"] for one in (await place.admin.get(ROLES)).json()["items"]}
    await place.add(mappings=[{"value": "staff", "role_id": roles["viewer"]}])
    assert await place.come_in(groups=["staff"]) == "in"
    assert "live.view" in (await place.browser.get(f"{AUTH}/me")).json()["permissions"]
    assert await place.come_in(_claim_names={"groups": "src1"}) == "in"
    assert "live.view" in (await place.browser.get(f"{AUTH}/me")).json()["permissions"]
    assert await place.come_in() == "in"
    assert (await place.browser.get(f"{AUTH}/me")).json()["permissions"] == []


async def test_a_second_factor_at_the_provider_can_be_demanded(place: Place, provider: HostileProvider) -> None:
    await place.add(required_acr="gold silver", required_amr="mfa otp")
    assert (await place.begin())["acr_values"] == "gold silver"
    assert await place.come_in() == "oidc.assurance"
    assert await place.come_in(acr="bronze", amr=["otp"]) == "oidc.assurance"
    assert await place.come_in(acr="gold", amr=["pwd"]) == "oidc.assurance"
    assert await place.come_in(acr="silver", amr=["pwd", "otp"]) == "in"


async def test_many_failures_make_an_address_wait(place: Place, provider: HostileProvider) -> None:
    await place.add()
    for _ in range(ADDRESS_FREE):
        assert await place.come_back({"state": "guess"}) == "oidc.state"
    assert await place.come_in() == "oidc.locked"
    assert provider.asked["/token"] == 0


async def test_no_answer_holds_up_for_ever(provider: HostileProvider) -> None:
    outbound = Outbound(timeout_s=0.1)
    provider.delay_s = 1
    with pytest.raises(VedetteError, match="did not answer within") as caught:
        await outbound.get(f"{provider.issuer}/keys")
    assert caught.value.code == "oidc.provider_unreachable"
    await outbound.aclose()


@pytest.mark.parametrize(
    ("url", "address", "why"),
    [
        ("https://id.example/", "169.254.169.254", "link-local"),
        ("https://id.example/", "100.100.100.200", "metadata"),
        ("https://id.example/", "fe80::1", "link-local"),
        ("https://id.example/", "0.0.0.0", "nowhere"),
        ("http://id.example/", "192.168.1.5", "https"),
        ("http://id.example/", "203.0.113.9", "https"),
        ("ftp://id.example/", "203.0.113.9", "https"),
        ("file:///etc/passwd", "203.0.113.9", "https"),
    ],
)
async def test_where_no_provider_is(url: str, address: str, why: str) -> None:
    async def resolve(_host: str, port: int) -> Found:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    outbound = Outbound(resolve)
    with pytest.raises(VedetteError, match=why):
        await outbound.get(url)
    await outbound.aclose()


async def test_the_address_that_was_looked_at_is_the_one_that_is_dialled(provider: HostileProvider) -> None:
    asked = []

    async def resolve(host: str, port: int) -> Found:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    outbound = Outbound(resolve)
    answer = await outbound.get(provider.issuer.replace("127.0.0.1", "rebinding.example") + "/keys")
    assert answer.status == 200
    assert asked == ["rebinding.example"]
    await outbound.aclose()
