"""Which key frames are looked at."""

import itertools

import pytest

from tests.support.footage import DAY, HOUR, T0
from vedette.core.errors import VedetteError
from vedette.playback.find.plan import check_span, of_piece, stretches, windows
from vedette.playback.footage import Footage, Groups


def piece(start_s: int, end_s: int, *, name: str = "s", every_s: int = 2) -> Footage:
    """Footage with a key frame every two seconds, seconds after T0."""
    dts = [at * 90_000 for at in (*range(0, end_s - start_s, every_s), end_s - start_s)]
    return Footage(name, "r", "i", 90_000, T0 + start_s * 1000, 0, Groups(range(len(dts)), dts))


def told(sub: list[Footage], main: list[Footage], start_s: int, end_s: int, *, first: bool = True) -> list[object]:
    found = stretches(sub, main, T0 + start_s * 1000, T0 + end_s * 1000, first=first)
    return [(one.kind, (one.start_ms - T0) // 1000, (one.end_ms - T0) // 1000) for one in found]


@pytest.mark.parametrize(
    ("sub", "main", "span", "expected"),
    [
        ([piece(0, 60)], [piece(0, 60)], (0, 60), [("sub", 0, 60)]),
        ([], [piece(0, 60)], (10, 30), [("main", 10, 30)]),
        # The key frame before the start is what the start is compared with.
        ([piece(0, 60)], [], (11, 30), [("sub", 10, 30)]),
        ([piece(0, 60)], [], (0, 31), [("sub", 0, 32)]),
        ([piece(20, 40)], [piece(0, 60)], (0, 60), [("main", 0, 20), ("sub", 20, 40), ("main", 40, 60)]),
        # A sub-stream that connects a moment later is no reason to look at the main one.
        ([piece(2, 60)], [piece(0, 60)], (0, 60), [("sub", 2, 60)]),
        ([piece(0, 20), piece(20, 40)], [], (0, 60), [("sub", 0, 20), ("sub", 20, 40)]),
        ([], [], (0, 60), []),
    ],
)
def test_the_sub_stream_and_the_main_one_where_there_is_none(
    sub: list[Footage], main: list[Footage], span: tuple[int, int], expected: list[object]
) -> None:
    assert told(sub, main, *span) == expected


def test_windows_follow_each_other_and_no_key_frame_is_in_two_or_in_none() -> None:
    start, end = T0 + 1_000, T0 + 9 * HOUR + 500
    found = list(windows(start, end))
    assert (found[0][0], found[-1][1]) == (start, end)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(found))
    whole = piece(0, 10 * 3600)
    parts = [of_piece(whole, "sub", *window, first=window[0] == start) for window in found]
    assert all(
        before is not None and after is not None and before.last == after.first
        for before, after in itertools.pairwise(parts)
    )


@pytest.mark.parametrize(
    ("start", "end", "code", "field"),
    [
        (T0, T0, "find.span", "end"),
        (T0, T0 - 1, "find.span", "end"),
        (T0 + DAY, T0 + DAY + 1, "find.future", "start"),
        (T0 - 8 * DAY, T0, "find.span_too_long", "end"),
    ],
)
def test_spans_that_can_t_be_searched_are_refused_by_name(start: int, end: int, code: str, field: str) -> None:
    with pytest.raises(VedetteError) as refused:
        check_span(start, end, T0 + 1000)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_search_ends_with_the_present() -> None:
    assert check_span(T0, T0 + 60_000, T0 + 30_000) == T0 + 30_000
    assert check_span(T0 - 7 * DAY, T0 + 8 * DAY, T0) == T0
