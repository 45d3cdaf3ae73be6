"""Which pictures stand on which sheet."""

import pytest

from tests.support.footage import T0
from vedette.playback.footage import Footage, Groups
from vedette.playback.previews.grid import STEPS, Page, groups_of, pages


def piece(start_ms: int, *begins_ms: int, end_ms: int) -> Footage:
    """Footage whose groups begin at these times."""
    dts = [(at - start_ms) * 90 for at in (*begins_ms, end_ms)]
    return Footage("s", "r", "i", 90_000, start_ms, 0, Groups(range(len(dts)), dts))


def test_slots_are_of_the_clock_and_not_of_the_file() -> None:
    assert T0 % 10_000 == 0
    assert pages(T0 + 3_000, T0 + 33_000, 10_000) == [Page(0, T0 // 10_000, 4)]
    assert pages(T0 + 3_000, T0 + 30_000, 10_000) == [Page(0, T0 // 10_000, 3)]
    assert pages(T0, T0, 10_000) == []


@pytest.mark.parametrize("step_ms", STEPS)
def test_long_files_have_several_sheets_that_follow_one_another(step_ms: int) -> None:
    found = pages(T0 + 1, T0 + 65 * 60_000, step_ms)
    assert [page.number for page in found] == list(range(len(found)))
    slots = [slot for page in found for slot in range(page.first, page.first + page.tiles)]
    assert slots == list(range(T0 // step_ms, (T0 + 65 * 60_000 - 1) // step_ms + 1))
    assert max(page.tiles for page in found) <= STEPS[step_ms]


def test_a_slot_shows_what_begins_in_it_else_what_was_there() -> None:
    start = T0 + 3_000
    found = piece(start, start, T0 + 8_000, T0 + 12_000, T0 + 31_000, end_ms=T0 + 41_000)
    (page,) = pages(found.start_ms, found.end_ms, 10_000)
    assert groups_of(found, page, 10_000) == [0, 2, 2, 3, 3]


def test_a_slot_before_the_first_group_shows_the_first_and_one_after_the_end_nothing() -> None:
    found = piece(T0, T0, end_ms=T0 + 5_000)
    assert groups_of(found, Page(0, T0 // 2_000 - 1, 5), 2_000) == [0, 0, 0, 0, None]
    assert groups_of(piece(T0, end_ms=T0), Page(0, T0 // 2_000, 1), 2_000) == [None]
