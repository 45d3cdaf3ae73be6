"""From footage and a span to entries, exactly."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.core.errors import ErrorKind, VedetteError
from vedette.media.units import KeyFrameEntry
from vedette.playback.cutting import DATED_EVERY, Cut, Entry, Stretch
from vedette.playback.footage import Footage, Groups, TailPart
from vedette.playback.planner import (
    HOUR_MS,
    LONG_MS,
    MAX_SPAN_MS,
    SHORT_MS,
    SHORT_SPAN_MS,
    Plan,
    check_span,
    entry_ms,
    plan,
)

T = 90_000
HEAD = 1_000


@dataclass(frozen=True)
class Listed:
    """An entry where it stands."""

    segment_id: str
    discontinuity: bool
    entry: Entry

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)


def listed(made: Plan) -> list[Listed]:
    """All entries, each with what stands before it."""
    found: list[Listed] = []
    before: Stretch | None = None
    for part in made.parts:
        assert isinstance(part, Cut)
        broken = before is not None and not part.stretch.follows(before)
        found += [
            Listed(part.stretch.segment_id, broken and number == 0, entry) for number, entry in enumerate(part.entries)
        ]
        before = part.stretch
    return found


def groups(count: int, *, start_ticks: int = 0, seconds: float = 2.0, size: int = 100) -> Groups:
    step = round(seconds * T)
    return Groups.of(
        KeyFrameEntry(HEAD + index * size, size, start_ticks + index * step, step) for index in range(count)
    )


def footage(
    name: str, start_ms: int, count: int, *, run: str = "run", start_ticks: int | None = None, **more: object
) -> Footage:
    """A file of 2 s groups whose run began at wall clock 0, so that time line and wall clock agree."""
    ticks = start_ms * T // 1000 if start_ticks is None else start_ticks
    piece = Footage(name, run, "init", T, start_ms, ticks, groups(count, start_ticks=ticks))
    return replace(piece, **more)  # type: ignore[arg-type]


def test_entries_are_cut_at_group_borders_and_cover_the_file() -> None:
    made = plan([footage("a", 0, 5)], 0, 10_000, ended=True)
    assert [(entry.offset, entry.length, entry.duration_s, entry.at_ms) for entry in listed(made)] == [
        (1000, 200, 4.0, 0),
        (1200, 200, 4.0, 4000),
        (1400, 100, 2.0, 8000),
    ]
    assert made.target_s == 4
    assert made.start_s == 0
    assert made.ended


def test_it_begins_with_the_key_frame_at_or_before_the_start() -> None:
    made = plan([footage("a", 0, 10)], 7_500, 12_000, ended=True)
    assert [entry.at_ms for entry in listed(made)] == [6000, 10_000]
    assert made.start_s == 1.5
    assert plan([footage("a", 0, 10)], 8_000, 12_000, ended=True).start_s == 0


def test_the_end_is_exclusive_and_its_group_is_whole() -> None:
    assert [entry.length for entry in listed(plan([footage("a", 0, 10)], 0, 4_000, ended=True))] == [200]
    assert [entry.length for entry in listed(plan([footage("a", 0, 10)], 0, 4_001, ended=True))] == [200, 100]


def test_files_of_one_run_join_without_a_discontinuity() -> None:
    made = plan([footage("a", 0, 3), footage("b", 6_000, 3)], 0, 12_000, ended=True)
    assert [entry.segment_id for entry in listed(made)] == ["a", "a", "b", "b"]
    assert not any(entry.discontinuity for entry in listed(made))
    assert [entry.dated for entry in listed(made)] == [True, False, True, False]


@pytest.mark.parametrize(
    "second",
    [
        footage("b", 6_000, 3, run="another"),
        footage("b", 6_000, 3, init="another"),
        footage("b", 60_000, 3),  # a file between the two was deleted
        footage("b", 6_000, 3, start_ticks=0),  # the time line went back
    ],
)
def test_another_run_init_or_a_hole_is_a_discontinuity_with_a_date(second: Footage) -> None:
    made = plan([footage("a", 0, 3), second], 0, 120_000, ended=True)
    first_of_second = next(entry for entry in listed(made) if entry.segment_id == "b")
    assert first_of_second.discontinuity
    assert first_of_second.dated
    assert sum(entry.discontinuity for entry in listed(made)) == 1
    assert not listed(made)[0].discontinuity


def test_a_start_in_a_gap_goes_on_with_the_next_footage() -> None:
    made = plan([footage("a", 0, 3), footage("b", 60_000, 3, run="another")], 30_000, 120_000, ended=True)
    assert [entry.segment_id for entry in listed(made)] == ["b", "b"]
    assert made.start_s == 0
    assert not listed(made)[0].discontinuity


def test_nothing_there_is_an_empty_plan() -> None:
    assert listed(plan([], 0, 1_000, ended=True)) == []
    assert listed(plan([footage("a", 0, 3)], 6_000, 7_000, ended=True)) == []
    assert listed(plan([footage("a", 60_000, 3)], 0, 60_000, ended=True)) == []
    assert listed(plan([footage("a", 0, 0)], 0, 60_000, ended=True)) == []


def test_long_spans_get_longer_entries() -> None:
    made = plan([footage("a", 0, 20)], 0, 24 * HOUR_MS, ended=True)
    assert [entry.duration_s for entry in listed(made)] == [10.0] * 4
    assert (entry_ms(SHORT_SPAN_MS), entry_ms(SHORT_SPAN_MS + 1)) == (SHORT_MS, LONG_MS)


def test_dates_come_every_few_minutes_at_least() -> None:
    made = plan([footage("a", 0, 1_000)], 0, HOUR_MS, ended=True)
    dated = [index for index, entry in enumerate(listed(made)) if entry.dated]
    assert dated == list(range(0, len(listed(made)), DATED_EVERY))


def test_a_damaged_file_is_a_gap_that_keeps_its_time() -> None:
    pieces = [
        footage("a", 0, 2, readable=1200),
        footage("b", 4_000, 4, readable=1399),
        footage("c", 12_000, 2, readable=0),
    ]
    made = plan(pieces, 0, 60_000, ended=True)
    assert [(entry.segment_id, entry.gap) for entry in listed(made)] == [
        ("a", False),
        ("b", False),
        ("b", True),  # one byte short
        ("c", True),
    ]
    assert [entry.at_ms for entry in listed(made)] == [0, 4000, 8000, 12_000]


def test_a_group_longer_than_the_target_is_an_entry_of_its_own() -> None:
    piece = replace(footage("a", 0, 1), groups=groups(3, seconds=20))
    made = plan([piece], 0, 60_000, ended=True)
    assert [entry.duration_s for entry in listed(made)] == [20.0] * 3
    assert made.target_s == 20


def test_target_duration_is_rounded_half_up() -> None:
    piece = replace(footage("a", 0, 1), groups=groups(1, seconds=4.5))
    assert plan([piece], 0, 60_000, ended=True).target_s == 5


@pytest.mark.parametrize(
    ("sizes", "seconds", "peak"),
    [
        ([1000, 3000, 2000], [4.0, 4.0, 4.0], 6000.0),
        # A key frame alone at the end of a file is no peak: with the piece before it it is the average of both.
        ([1000, 1000, 900], [4.0, 4.0, 0.25], 15200 / 4.25),
        # And alone in a file it is at least half a piece long, for the next file goes on.
        ([900], [0.25], 7200 / 1.75),
    ],
)
def test_the_peak_is_of_the_busiest_piece(sizes: list[int], seconds: list[float], peak: float) -> None:
    entries, at, ticks = [], HEAD, 0
    for size, duration_s in zip(sizes, seconds, strict=True):
        entries.append(KeyFrameEntry(at, size, ticks, round(duration_s * T)))
        at, ticks = at + size, ticks + round(duration_s * T)
    (stretch,) = plan([replace(footage("a", 0, 1), groups=Groups.of(entries))], 0, 60_000, ended=True).stretches
    assert stretch.most_bps == pytest.approx(peak)


# The open segment


def tail(first: int, count: int) -> list[TailPart]:
    """Parts of 0.5 s and 25 bytes, four to a group, numbered from the file's beginning."""
    return [
        TailPart(HEAD + index * 25, 25, index * T // 2, T // 2, key=index % 4 == 0)
        for index in range(first, first + count)
    ]


def test_the_tail_goes_on_where_the_index_ends() -> None:
    piece = footage("a", 0, 2, open=True).with_tail(tail(0, 14))
    assert list(piece.groups.offsets) == [1000, 1100, 1200, 1300, 1350]
    assert [ticks / T for ticks in piece.groups.dts] == [0, 2, 4, 6, 7]
    assert piece.growing
    assert piece.end_ms == 7_000


def test_a_tail_that_begins_inside_the_last_indexed_group_extends_it() -> None:
    known = replace(footage("a", 0, 1, open=True), groups=Groups([1000, 1100, 1125], [0, 2 * T, 5 * T // 2]))
    piece = known.with_tail(tail(5, 5))
    assert list(piece.groups.offsets) == [1000, 1100, 1200, 1250]


def test_a_hole_between_index_and_tail_is_still_whole_bytes() -> None:
    piece = footage("a", 0, 2, open=True).with_tail(tail(11, 6))
    assert list(piece.groups.offsets) == [1000, 1100, 1300, 1400, 1425]
    assert [ticks / T for ticks in piece.groups.dts] == [0, 2, 6, 8, 8.5]


def test_a_tail_without_index_begins_at_a_key_frame() -> None:
    piece = replace(footage("a", 0, 0, open=True), groups=Groups()).with_tail(tail(2, 5))
    assert list(piece.groups.offsets) == [1100, 1175]
    assert replace(piece, groups=Groups(), growing=False).with_tail(tail(1, 2)).groups == Groups()


def test_a_tail_that_the_index_knows_changes_nothing() -> None:
    piece = footage("a", 0, 4, open=True)
    assert piece.with_tail(tail(0, 16)) is piece


def test_an_open_file_in_a_closed_span_is_shown_to_its_end() -> None:
    piece = footage("a", 0, 0, open=True).with_tail(tail(0, 14))
    made = plan([piece], 5_000, 7_000, ended=True)
    assert [(entry.at_ms, entry.length, entry.duration_s) for entry in listed(made)] == [(4000, 150, 3.0)]
    assert made.start_s == 1.0


def test_a_growing_playlist_is_only_ever_appended_to() -> None:
    before: list[object] = []
    closed = footage("a", 0, 3)
    for count in range(60):
        piece = footage("b", 6_000, 0, open=True, start_ticks=0).with_tail(tail(0, count))
        made = plan([closed, piece], 0, HOUR_MS, ended=False)
        assert not made.ended
        assert listed(made)[: len(before)] == before
        before = list(listed(made))
    assert sum(entry.duration_s for entry in listed(made)) >= 6 + 24
    # When the file is closed, and when another follows, what was listed stays.
    for after in ([closed, replace(piece, open=False, growing=False)], [closed, piece, footage("c", 36_000, 2)]):
        assert listed(plan(after, 0, HOUR_MS, ended=False))[: len(before)] == before


@given(
    seconds=st.lists(st.integers(1, 12), min_size=1, max_size=40),
    start=st.integers(0, 200_000),
    length=st.integers(1, 400_000),
)
def test_entries_are_contiguous_and_cover_the_asked_span(seconds: list[int], start: int, length: int) -> None:
    offsets, dts = [HEAD], [0]
    for second in seconds:
        offsets.append(offsets[-1] + second * 7)
        dts.append(dts[-1] + second * T)
    piece = replace(footage("a", 0, 0), groups=Groups(offsets, dts))
    made = plan([piece], start, start + length, ended=True)
    total = sum(seconds) * 1000
    assert bool(listed(made)) == (start < total)
    if not listed(made):
        return
    assert listed(made)[0].at_ms <= start
    assert start - listed(made)[0].at_ms < 12_000
    end = listed(made)[-1].at_ms + round(listed(made)[-1].duration_s * 1000)
    assert min(total, start + length) <= end < start + length + 12_000
    for one, next_one in zip(listed(made), listed(made)[1:], strict=False):
        assert one.offset + one.length == next_one.offset
        assert one.at_ms + round(one.duration_s * 1000) == next_one.at_ms
    assert all(entry.duration_s <= made.target_s + 0.5 for entry in listed(made))


@pytest.mark.parametrize(
    ("start", "end", "code", "field"),
    [
        (1000, 1000, "playback.span", "end"),
        (1000, 500, "playback.span", "end"),
        (0, MAX_SPAN_MS + 1, "playback.span_too_long", "end"),
        (10_001, 20_000, "playback.future", "start"),
    ],
)
def test_spans_that_are_refused(start: int, end: int, code: str, field: str) -> None:
    with pytest.raises(VedetteError) as refused:
        check_span(start, end, now_ms=10_000)
    assert (refused.value.kind, refused.value.code, refused.value.field) == (ErrorKind.INVALID, code, field)


def test_spans_that_are_fine() -> None:
    check_span(0, MAX_SPAN_MS, now_ms=0)
