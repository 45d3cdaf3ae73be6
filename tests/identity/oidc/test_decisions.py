"""What is decided without asking anybody: pages to go on at, claims, names, mix-up."""

from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest

from vedette.core.errors import VedetteError
from vedette.identity.oidc import claims, flow
from vedette.identity.oidc.discovery import discovery_url, metadata_of
from vedette.vault import Vault

NOW = 1_700_000_000_000
ISSUER = "https://id.example/realms/main"
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": "https://id.example/authorize?tenant=1",
    "token_endpoint": "https://id.example/token",
    "jwks_uri": "https://id.example/keys",
}


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        ("/playback?camera=gate&at=2026-11-21T10:00:00Z#x", "/playback?camera=gate&at=2026-11-21T10:00:00Z#x"),
        ("/kamera/größe", "/kamera/größe"),
        (None, "/"),
        ("", "/"),
        ("playback", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/api/v1/auth/logout", "/"),
        ("/" + "a" * flow.LONGEST_NEXT, "/"),
    ],
)
def test_the_page_to_go_on_at(wanted: str | None, page: str) -> None:
    assert flow.safe_next(wanted) == page


@pytest.mark.parametrize(
    ("said", "name", "values"),
    [
        ({"groups": ["a", "b", 3, None, ""]}, "groups", {"a", "b"}),
        ({"groups": "a b"}, "groups", {"a b"}),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", {"a"}),
        ({"https://x.example/groups": ["a"]}, "https://x.example/groups", {"a"}),
        ({"roles": {"admin": {"org": "x"}}}, "roles", {"admin"}),
        ({"groups": 7}, "groups", set()),
        ({}, "groups", set()),
        ({"a": "text"}, "a.b", set()),
    ],
)
def test_groups_in_claims(said: dict[str, Any], name: str, values: set[str]) -> None:
    assert claims.groups(said, name) == values


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"preferred_username": "Anna Alm"}, ["anna-alm", "anna-alm-2"]),
        ({"preferred_username": "<script>", "email": "a@b.c"}, ["script", "script-2"]),
        ({"preferred_username": " / ", "email": "a@b.c"}, ["a@b.c", "a@b.c-2"]),
        ({"preferred_username": ["x"]}, ["kc-2", "kc-3"]),
        ({"preferred_username": "x" * 300}, ["x" * 56, "x" * 56 + "-2"]),
    ],
)
def test_names_for_new_people(said: dict[str, Any], names: list[str]) -> None:
    assert list(islice(claims.usernames(said, "preferred_username", "kc"), 2)) == names


def test_the_cookie_is_for_one_answer_of_one_provider() -> None:
    vault, provider = Vault(bytes(32)), uuid4()
    begun = flow.begin(provider, "https://nvr.example/callback", "/live", NOW)
    cookie = flow.seal(begun, vault)
    assert begun.state not in cookie
    assert flow.unseal(cookie, vault, provider, begun.state, NOW) == begun
    late = NOW + flow.LIFETIME_MS
    other = flow.begin(provider, "https://nvr.example/callback", "/live", NOW)
    for text, whose, state, at in (
        (None, provider, begun.state, NOW),
        ("v1:nonsense", provider, begun.state, NOW),
        (cookie[:-2], provider, begun.state, NOW),
        (cookie, uuid4(), begun.state, NOW),
        (cookie, provider, other.state, NOW),
        (cookie, provider, "", NOW),
        (cookie, provider, begun.state, late),
        (flow.seal(begun, Vault(bytes([1]) * 32)), provider, begun.state, NOW),
    ):
        with pytest.raises(VedetteError) as caught:
            flow.unseal(text, vault, whose, state, at)
        assert caught.value.code == "oidc.state"


def test_where_the_browser_is_sent() -> None:
    begun = replace(flow.begin(uuid4(), "https://nvr.example/callback", None, NOW), verifier="a" * 43)
    url = flow.authorization_url(metadata_of(DOCUMENT, ISSUER), "vedette", "openid", begun)
    assert url.startswith("https://id.example/authorize?tenant=1&response_type=code&client_id=vedette&")
    # As `printf %s aaa... | openssl dgst -sha256 -binary | base64` has it, URL-safe.
    assert "code_challenge=ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA&code_challenge_method=S256" in url
    assert begun.verifier not in url


@pytest.mark.parametrize(
    ("names_itself", "said", "good"),
    [
        (True, ISSUER, True),
        (True, None, False),
        (True, "https://x", False),
        (False, None, True),
        (False, "https://x", False),
    ],
)
def test_which_provider_answers(names_itself: bool, said: str | None, good: bool) -> None:
    described = {**DOCUMENT, "authorization_response_iss_parameter_supported": names_itself}
    metadata = metadata_of(described, ISSUER)
    if good:
        flow.check_issuer(metadata, said)
    else:
        with pytest.raises(VedetteError, match="not from the provider"):
            flow.check_issuer(metadata, said)


@pytest.mark.parametrize(
    "change",
    [
        {"token_endpoint": "http://id.example/token"},
        {"token_endpoint": "ftp://id.example/token"},
        {"jwks_uri": None},
        {"jwks_uri": "https://"},
        {"authorization_endpoint": "https://id.example/\r\nSet-Cookie: a=b"},
        {"authorization_endpoint": "https://id.example/\ud800"},
        {"authorization_endpoint": "https://[id.example/"},
        {"userinfo_endpoint": 5},
    ],
)
def test_endpoints_that_are_none(change: dict[str, Any]) -> None:
    with pytest.raises(VedetteError) as caught:
        metadata_of({**DOCUMENT, **change}, ISSUER)
    assert caught.value.code == "oidc.discovery"


def test_where_an_issuer_describes_itself() -> None:
    assert discovery_url("https://id.example/o/") == "https://id.example/o/.well-known/openid-configuration"
    with pytest.raises(VedetteError, match="last slash"):
        metadata_of(DOCUMENT, ISSUER + "/")
