"""When the next attempt to log in may come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from vedette.core.addresses import network_of
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.identity import attempts
from vedette.identity.attempts import ACCOUNT_FREE, ADDRESS_FREE, FIRST_WAIT_MS, LONGEST_WAIT_MS, wait_until_ms
from vedette.identity.tables_logins import LoginAttemptRow

pytestmark = pytest.mark.anyio
T = 1_700_000_000_000


@pytest.mark.parametrize(
    ("failures", "wait_ms"),
    [(0, None), (4, None), (5, 2_000), (6, 4_000), (7, 8_000), (13, 512_000), (14, 900_000), (500, 900_000)],
)
def test_it_doubles_up_to_a_quarter_of_an_hour(failures: int, wait_ms: int | None) -> None:
    until = wait_until_ms([T - number for number in range(failures)], 5)
    assert until == (0 if wait_ms is None else T + wait_ms)


@given(st.lists(st.integers(0, 10**13), max_size=80), st.integers(0, 10**13), st.integers(1, 30))
def test_more_failures_never_wait_less(failures: list[int], another: int, free: int) -> None:
    before, after = wait_until_ms(failures, free), wait_until_ms([*failures, another], free)
    assert before <= after
    assert after == 0 or after <= max([*failures, another]) + LONGEST_WAIT_MS


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


async def attempt(database: Database, clock: ManualClock, name: str, address: str, outcome: str) -> bool:
    async with database.write() as session:
        begun = await attempts.begin(session, clock.now_ms(), name, address)
        if not begun.locked:
            await attempts.finish(session, begun, outcome)
    return begun.locked


async def test_an_account_waits_whoever_asks_and_again_after_each_failure(database: Database) -> None:
    clock = ManualClock()
    for number in range(ACCOUNT_FREE):
        assert not await attempt(database, clock, "anna", f"192.0.2.{number}", attempts.PASSWORD)
    assert await attempt(database, clock, "anna", "198.51.100.1", attempts.OK)
    assert not await attempt(database, clock, "bert", "198.51.100.1", attempts.OK)
    clock.advance(FIRST_WAIT_MS / 1000)
    assert not await attempt(database, clock, "anna", "198.51.100.1", attempts.PASSWORD)
    clock.advance(FIRST_WAIT_MS / 1000)
    assert await attempt(database, clock, "anna", "198.51.100.1", attempts.OK)


async def test_nobody_is_locked_out_by_the_failures_of_others(database: Database) -> None:
    clock = ManualClock()
    assert not await attempt(database, clock, "anna", "192.0.2.1", attempts.OK)
    clock.advance(1)
    for number in range(40):
        await attempt(database, clock, "anna", f"203.0.113.{number}", attempts.PASSWORD)
    assert await attempt(database, clock, "anna", "198.51.100.1", attempts.OK)
    assert not await attempt(database, clock, "anna", "192.0.2.1", attempts.OK)


async def test_a_known_address_is_not_free_to_guess(database: Database) -> None:
    clock = ManualClock()
    assert not await attempt(database, clock, "anna", "192.0.2.1", attempts.OK)
    clock.advance(1)
    for _ in range(ACCOUNT_FREE):
        assert not await attempt(database, clock, "anna", "192.0.2.1", attempts.PASSWORD)
    assert await attempt(database, clock, "anna", "192.0.2.1", attempts.OK)


async def test_an_address_that_tries_many_names_waits(database: Database) -> None:
    clock = ManualClock()
    for number in range(ADDRESS_FREE):
        assert not await attempt(database, clock, f"user{number}", "2001:db8::1", attempts.UNKNOWN)
    assert await attempt(database, clock, "another", "2001:db8::2", attempts.OK)
    assert not await attempt(database, clock, "another", "2001:db8:0:1::1", attempts.OK)


async def test_an_attempt_that_has_only_begun_counts(database: Database) -> None:
    """So that a hundred at once are not all ahead of the count."""
    now = ManualClock().now_ms()
    async with database.write() as session:
        begun = [await attempts.begin(session, now, "anna", f"192.0.2.{number}") for number in range(10)]
    assert [one.locked for one in begun] == [False] * ACCOUNT_FREE + [True] * (10 - ACCOUNT_FREE)


@pytest.mark.parametrize(
    ("age_ms", "outcome", "kept"),
    [
        (attempts.WINDOW_MS - 1, attempts.PASSWORD, True),
        (attempts.WINDOW_MS + 1, attempts.PASSWORD, False),
        (attempts.WINDOW_MS + 1, attempts.LOCKED, False),
        (attempts.WINDOW_MS + 1, attempts.OK, True),
        (attempts.KNOWN_MS - 1, attempts.OK, True),
        (attempts.KNOWN_MS + 1, attempts.OK, False),
    ],
)
async def test_old_attempts_are_forgotten(database: Database, age_ms: int, outcome: str, kept: bool) -> None:
    async with database.write() as session:
        session.add(LoginAttemptRow(at_ms=T - age_ms, username="anna", address="192.0.2.1", outcome=outcome))
    async with database.write() as session:
        await attempts.forget_old(session, T)
        assert len((await session.scalars(select(LoginAttemptRow))).all()) == kept


async def test_forgetting_keeps_nobody_out(database: Database) -> None:
    """Who logged in from here within a month is still known after a sweep, whatever others tried meanwhile."""
    clock = ManualClock()
    await attempt(database, clock, "anna", "192.0.2.1", attempts.OK)
    clock.advance(attempts.KNOWN_MS / 1000 - 60)
    for number in range(ACCOUNT_FREE):
        await attempt(database, clock, "anna", f"203.0.113.{number}", attempts.PASSWORD)
    async with database.write() as session:
        await attempts.forget_old(session, clock.now_ms())
    assert await attempt(database, clock, "anna", "203.0.113.99", attempts.OK), "the failures of just now still count"
    assert not await attempt(database, clock, "anna", "192.0.2.1", attempts.OK)
