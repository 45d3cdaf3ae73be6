"""RTP time is the wall clock: smooth where the recorder's idea of it wanders, true within a frame."""

from itertools import pairwise

import pytest

from vedette.live.whep.timing import ClockSetBackError, RtpLine, ntp_of, rtp_of, squeezed

NOW = 1_700_000_000_000


def test_time_stamps_are_wall_clock() -> None:
    line = RtpLine(90_000)
    assert line.place(NOW, 0.0) == NOW * 90
    assert line.place(NOW + 40, 0.04) == (NOW + 40) * 90


def test_they_keep_the_pace_of_the_media() -> None:
    line = RtpLine(90_000)
    jitter = [0, 7, -5, 12, -9, 3, 0, 15, -15, 1]
    placed = [line.place(NOW + 40 * index + away, index / 25) for index, away in enumerate(jitter)]
    assert {later - one for one, later in pairwise(placed)} == {3600}


@pytest.mark.parametrize("drift", [1.001, 0.999])
def test_they_follow_a_clock_that_drifts(drift: float) -> None:
    line = RtpLine(90_000)
    last = 0
    for index in range(5_000):
        wall = NOW + round(40 * index * drift)
        placed = line.place(wall, index / 25)
        assert placed > last
        assert abs(placed / 90 - wall) <= 22
        last = placed


def test_a_new_run_is_placed_where_it_is() -> None:
    line = RtpLine(90_000)
    line.place(NOW, 100.0)
    line.begin()
    assert line.place(NOW + 5_000, 0.0) == (NOW + 5_000) * 90


def test_time_stamps_never_go_back() -> None:
    line = RtpLine(90_000)
    first = line.place(NOW, 0.0)
    line.begin()
    assert line.place(NOW - 500, 0.0) == first + 1
    line.begin()
    with pytest.raises(ClockSetBackError):
        line.place(NOW - 5_000, 0.0)


@pytest.mark.parametrize(
    ("ticks", "after", "expected"),
    [
        ([], None, []),
        ([3600], None, [3600]),
        ([0, 3600, 7200], None, [7020, 7110, 7200]),
        ([0, 3600, 7200], 7200, [7290, 7380, 7470]),
        ([0, 3600, 7200], 100, [7020, 7110, 7200]),
    ],
)
def test_a_group_is_squeezed(ticks: list[int], after: int | None, expected: list[int]) -> None:
    assert squeezed(ticks, after) == expected


def test_sender_reports_say_the_same() -> None:
    assert ntp_of(0) == 2_208_988_800 << 32
    assert ntp_of(500) & 0xFFFF_FFFF == 1 << 31
    line = RtpLine(48_000)
    assert rtp_of(NOW, 48_000) == line.place(NOW, 0.0) & 0xFFFF_FFFF
