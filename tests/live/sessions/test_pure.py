"""The decisions about live sessions: what is believed of players, what is too many, how views are summed up."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from vedette.core.errors import VedetteError
from vedette.live.sessions.agents import short_agent
from vedette.live.sessions.limits import Limits, Place, check_room
from vedette.live.sessions.report import Report, Told
from vedette.live.sessions.sums import HOUR_MS, MOST, Sum, buckets, summed

GATE, YARD = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    "nonsense",
    [
        '{"stalls": -1}',
        '{"stalls": 1e30}',
        '{"stalls": 1.5}',
        '{"stalls": "many"}',
        '{"latency_ms": NaN}',
        '{"latency_ms": Infinity}',
        '{"latency_ms": 1e12}',
        '{"fps": -25}',
        '{"first_frame_ms": -1}',
        '{"frames_dropped": 99999999999999999999999999}',
        "[]",
        "",
    ],
)
def test_nonsense_is_refused(nonsense: str) -> None:
    with pytest.raises(ValidationError):
        Report.model_validate_json(nonsense)


def test_counters_never_go_down_and_the_first_picture_is_first_once() -> None:
    told = Told()
    assert told.add(Report(stalls=2, first_frame_ms=120.4, frames_dropped=5)) == 2
    assert told.add(Report(stalls=0, first_frame_ms=900, frames_dropped=1)) == 0
    assert told.add(Report(stalls=3)) == 1
    assert (told.stalls, told.first_frame_ms, told.frames_dropped) == (3, 120, 5)


def test_the_median_of_very_many_reports_is_about_right_and_bounded() -> None:
    told = Told()
    for number in range(100_000):
        told.add(Report(latency_ms=number % 1000))
    assert told.median_latency_ms is not None
    assert 400 <= told.median_latency_ms <= 600
    assert len(told._samples) < 512


def test_a_picture_from_the_future_is_one_of_now() -> None:
    told = Told()
    told.add(Report(latency_ms=-40))
    assert (told.latency_ms, told.median_latency_ms) == (0, 0)


@pytest.mark.parametrize(
    ("limits", "refused"),
    [
        (Limits(2, 100, 100), "user"),
        (Limits(3, 100, 100), None),
        (Limits(0, 100, 100), None),
        (Limits(100, 3, 100), "camera"),
        (Limits(100, 4, 100), None),
        (Limits(100, 100, 3), "address"),
        (Limits(100, 100, 4), None),
    ],
)
def test_limits(limits: Limits, refused: str | None) -> None:
    taken = [
        Place("anna", GATE, "10.0.0.1"),
        Place("anna", GATE, "10.0.0.2"),
        Place("ben", GATE, "10.0.0.1"),
        Place("ben", YARD, "10.0.0.1"),
    ]
    mine = Place("anna", GATE, "10.0.0.1")
    if refused is None:
        check_room(mine, limits, taken)
        return
    with pytest.raises(VedetteError) as found:
        check_room(mine, limits, taken)
    assert found.value.code == f"live.too_many_of_{refused}"
    assert f"live_per_{refused}" in found.value.message
    assert len(found.value.message.encode()) <= 123, "it fits into a close frame"


CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("agent", "short"),
    [
        (CHROME, "Chrome 156 on Linux"),
        (EDGE, "Edge 150 on Windows"),
        (SAFARI, "Safari 18 on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140 on Windows"),
        ("VLC/3.0.20 LibVLC/3.0.20", "VLC 3.0.20"),
        ("Python/3.11 websockets/15.0", "Python 3.11"),
        ("", ""),
        ("\x00\x1b[31mred", "[31mred"),
        ("x" * 5000, "x" * 60),
    ],
)
def test_a_user_agent_in_short(agent: str, short: str) -> None:
    assert short_agent(agent) == short


async def given(spans: Sequence[tuple[int, int, int]]) -> AsyncIterator[tuple[int, int, int]]:
    for span in spans:
        yield span


H = HOUR_MS


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("views", "expected"),
    [
        ([], [(0, 0, 0), (0, 0, 0), (0, 0, 0)]),
        ([(0, H, 100)], [(1, H, 1), (0, 0, 0), (0, 0, 0)]),
        # Three at once over the border, one more after they left.
        (
            [(H - 10, H + 10, 0), (H - 10, H + 10, 0), (H - 10, H + 10, 0), (H + 20, H + 30, 0)],
            [(3, 30, 3), (1, 40, 3), (0, 0, 0)],
        ),
        # Began before, goes on after.
        ([(-H, 9 * H, 1000)], [(0, H, 1), (0, H, 1), (0, H, 1)]),
        # One after the other is never two at once, and no time is a view, too.
        ([(0, 10, 0), (10, 20, 0), (20, 20, 0)], [(3, 20, 1), (0, 0, 0), (0, 0, 0)]),
        ([(3 * H, 4 * H, 0)], [(0, 0, 0), (0, 0, 0), (0, 0, 0)]),
    ],
)
async def test_sums(views: list[tuple[int, int, int]], expected: list[tuple[int, int, int]]) -> None:
    sums = [Sum(hour * H, (hour + 1) * H) for hour in range(3)]
    found = await summed(given(views), sums)
    assert [(one.views, one.watched_ms, one.peak) for one in found] == expected


@pytest.mark.anyio
async def test_bytes_are_spread_over_the_time() -> None:
    sums = [Sum(0, H), Sum(H, 2 * H)]
    found = await summed(given([(H // 2, 2 * H, 3000)]), sums)
    assert [one.bytes for one in found] == [1000, 2000]


def ms(*when: int, zone: str = "UTC") -> int:
    return round(datetime(*when, tzinfo=ZoneInfo(zone)).timestamp() * 1000)  # type: ignore[misc,arg-type]


def test_days_are_those_of_the_wall_also_where_clocks_change() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    span = ms(2026, 10, 24, zone="Europe/Vienna"), ms(2026, 10, 27, zone="Europe/Vienna")
    assert [(one.end_ms - one.start_ms) // H for one in buckets(*span, "day", vienna)] == [24, 25, 24]
    assert len(buckets(*span, "hour", vienna)) == 73


def test_the_first_and_the_last_are_cut() -> None:
    begin, end = ms(2026, 11, 21, 10, 30), ms(2026, 11, 21, 12, 15)
    found = buckets(begin, end, "hour", ZoneInfo("UTC"))
    starts = [datetime.fromtimestamp(one.start_ms / 1000, UTC).strftime("%H:%M") for one in found]
    assert (starts, found[-1].end_ms) == (["10:30", "11:00", "12:00"], end)


def test_hours_of_a_zone_that_is_off_by_half_an_hour() -> None:
    begin = ms(2026, 11, 21, 10, 0)
    found = buckets(begin, begin + 2 * H, "hour", ZoneInfo("Asia/Kolkata"))
    assert [one.start_ms - begin for one in found] == [0, H // 2, H + H // 2]


def test_too_many_are_refused() -> None:
    with pytest.raises(VedetteError) as refused:
        buckets(0, (MOST + 2) * H, "hour", ZoneInfo("UTC"))
    assert refused.value.code == "live.span"
