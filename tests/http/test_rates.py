"""Limits of requests: whose they are, the counting, and what is told."""

from uuid import UUID

import pytest

from vedette.access.principal import NOBODY, CallerKind, Principal
from vedette.core.clock import ManualClock
from vedette.http.rates import MemoryCounters, Quota, Quotas
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

USER, TOKEN = UUID(int=1), UUID(int=2)
QUOTAS = Quotas.of(Settings(rate_anonymous=100, rate_signed_in=3000, rate_media=12000))
SESSION = Principal(CallerKind.SESSION, "ada", USER, session_id=UUID(int=3))
PROGRAM = Principal(CallerKind.TOKEN, "ada", USER, token_id=TOKEN)
TICKET = Principal(CallerKind.TICKET)
API, SEGMENT = "/api/v1/cameras", "/api/v1/playback/segments/7.mp4"


@pytest.mark.parametrize(
    ("caller", "path", "name", "whose"),
    [
        (NOBODY, API, "anonymous", "2001:db8::/64"),
        (NOBODY, SEGMENT, "anonymous", "2001:db8::/64"),
        (None, "/api/v1/auth/login", "anonymous", "2001:db8::/64"),
        (None, SEGMENT, "media", "2001:db8::/64"),
        (SESSION, API, "user", str(USER)),
        (PROGRAM, API, "user", str(TOKEN)),
        (SESSION, SEGMENT, "media", str(USER)),
        (SESSION, "/api/v1/live/gate/mse", "media", str(USER)),
        (SESSION, "/api/v1/cameras/gate/snapshot.jpg", "media", str(USER)),
        (PROGRAM, "/api/v1/recordings/7/download", "media", str(TOKEN)),
        (PROGRAM, "/api/v1/recordings/7", "user", str(TOKEN)),
        (SESSION, "/api/v1/playback/gate/index.m3u8", "media", str(USER)),
        (TICKET, SEGMENT, "media", "2001:db8::/64"),
        (TICKET, API, "anonymous", "2001:db8::/64"),
    ],
)
def test_whose_limit_it_is(caller: Principal | None, path: str, name: str, whose: str) -> None:
    quota, key = QUOTAS.of_caller(caller, path, "2001:db8::9")
    assert (quota.name, key) == (name, whose)


async def test_a_minute_begins_with_the_first_request() -> None:
    clock = ManualClock()
    counters = MemoryCounters(clock)
    quota = Quota("anonymous", 3)
    left = []
    for _ in range(5):
        left.append((await counters.take(quota, "a")).left)
        clock.advance(10)
    assert left == [2, 1, 0, -1, -1]
    refused = await counters.take(quota, "a")
    assert refused.headers() == {
        "RateLimit-Policy": '"anonymous";q=3;w=60',
        "RateLimit": '"anonymous";r=0;t=10',
        "Retry-After": "10",
    }
    assert (await counters.take(quota, "b")).left == 2
    assert (await counters.take(Quota("media", 9), "a")).left == 8
    clock.advance(10)
    standing = await counters.take(quota, "a")
    assert standing.headers() == {"RateLimit-Policy": '"anonymous";q=3;w=60', "RateLimit": '"anonymous";r=2;t=60'}


async def test_the_first_one_too_many_is_known_as_such() -> None:
    counters = MemoryCounters(ManualClock())
    assert [(await counters.take(Quota("user", 2), "a")).first for _ in range(5)] == [False, False, True, False, False]


async def test_as_many_callers_are_kept_as_fit() -> None:
    counters = MemoryCounters(ManualClock(), most_kept=100)
    quota = Quota("anonymous", 5)
    for number in range(10_000):
        await counters.take(quota, "regular" if number % 50 == 0 else str(number))
    assert len(counters) == 100
    assert (await counters.take(quota, "regular")).refused
