"""The form of API tokens, and the networks that they may come from."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.access.permissions import Permission
from vedette.access.policy import Limits
from vedette.identity.api_tokens.limits import TokenLimits, comes_from, network_of
from vedette.identity.api_tokens.secret import hint_of, is_token, new_token


def test_a_token_is_told_from_what_is_none() -> None:
    token = new_token()
    assert is_token(token)
    assert token.startswith("vdt_")
    assert len(token) == 50
    assert "." not in token
    assert new_token() != token
    assert token.startswith(hint_of(token))
    assert len(hint_of(token)) == 10
    changed = token[:20] + ("a" if token[20] != "a" else "b") + token[21:]
    swapped = token[:-1] + ("a" if token[-1] != "a" else "b")
    for other in (changed, swapped, token[:-1], token + "a", token.upper(), token + "\n", "", "vdt_", token[4:]):
        assert not is_token(other), other


@given(st.text())
def test_no_text_is_taken_for_a_token_or_breaks_it(text: str) -> None:
    assert not is_token(text)
    assert not is_token("vdt_" + text)


@pytest.mark.parametrize(
    ("address", "network", "inside"),
    [
        ("192.0.2.7", "192.0.2.0/24", True),
        ("192.0.3.7", "192.0.2.0/24", False),
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.8", "192.0.2.7", False),
        ("192.0.2.7", "192.0.2.9/24", True),  # bits behind the prefix
        ("::ffff:192.0.2.7", "192.0.2.0/24", True),  # v4-mapped, as a socket for both families gives it
        ("192.0.2.7", "::ffff:192.0.2.0/120", True),
        ("192.0.3.7", "::ffff:192.0.2.0/120", False),
        ("::ffff:c000:207", "192.0.2.0/24", True),
        ("192.0.2.7", "::/0", False),
        ("2001:db8::1", "0.0.0.0/0", False),
        ("2001:db8:0:1::5", "2001:db8::/32", True),
        ("2001:db9::5", "2001:db8::/32", False),
        ("fe80::1%eth0", "fe80::/10", True),
        ("", "0.0.0.0/0", False),
        ("unix", "::/0", False),
    ],
)
def test_where_a_token_may_come_from(address: str, network: str, inside: bool) -> None:
    assert comes_from(address, [network_of(network)]) is inside


@pytest.mark.parametrize("text", ["", "192.0.2.0/33", "2001:db8::/129", "example.org", "192.0.2", "1.2.3.4/-1"])
def test_what_is_no_network(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        network_of(text)


def test_limits_are_stored_and_read_back() -> None:
    limits = TokenLimits(frozenset({Permission.LIVE_VIEW}), None, (network_of("192.0.2.0/24"),))
    assert TokenLimits.of(limits.stored()) == limits
    assert TokenLimits.of({"permissions": ["live.view", "moon.view"]}).permissions == {Permission.LIVE_VIEW}
    assert TokenLimits.of({}).permissions == frozenset(), "what is not said is not permitted"


@pytest.mark.parametrize(
    ("cameras", "zones", "left"),
    [
        (None, None, None),
        ({1}, None, {1}),
        (None, {7}, {2, 3}),
        ({1, 2}, {7}, {1, 2, 3}),
        (None, {7, 8}, {2, 3}),
        (None, {9}, set()),  # a zone that is gone
        (set(), set(), set()),
    ],
)
def test_a_token_s_cameras_are_those_named_and_those_of_its_zones(
    cameras: set[int] | None, zones: set[int] | None, left: set[int] | None
) -> None:
    def ids(numbers: set[int] | None) -> frozenset[UUID] | None:
        return None if numbers is None else frozenset(UUID(int=number) for number in numbers)

    limits = TokenLimits(frozenset({Permission.LIVE_VIEW, Permission.USER_MANAGE}), ids(cameras), zones=ids(zones))
    assert TokenLimits.of(limits.stored()) == limits
    there = {UUID(int=7): frozenset({UUID(int=2), UUID(int=3)}), UUID(int=8): frozenset[UUID]()}
    assert limits.policy(there) == Limits(frozenset({Permission.LIVE_VIEW}), ids(left))
