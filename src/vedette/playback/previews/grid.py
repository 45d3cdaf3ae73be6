"""Which pictures stand on which sheet. Pure.

A sheet is a page of one segment at one step. Its tiles are slots of the wall clock: slot k shows `[k * step, (k + 1) *
step)`, whatever the segment, so that a timeline finds the tile of an instant by a division.
"""

from typing import NamedTuple

from vedette.playback.footage import Footage

COLUMNS = 10
WIDTH = 160
# Milliseconds between pictures, and how many are on a sheet: a minute a picture for a day at a glance, a picture every
# two seconds where people look for the moment. A sheet stays below 300 KB and some hundred key frames to decode.
STEPS = {60_000: 70, 10_000: 120, 2_000: 120}


class Page(NamedTuple):
    """One sheet of a segment: the slots from `first` on."""

    number: int
    first: int
    tiles: int


def pages(start_ms: int, end_ms: int, step_ms: int) -> list[Page]:
    """The sheets of a segment with footage of `[start_ms, end_ms)`, in order."""
    if end_ms <= start_ms:
        return []
    most = STEPS[step_ms]
    begin, end = start_ms // step_ms, (end_ms - 1) // step_ms + 1
    return [Page(number, first, min(most, end - first)) for number, first in enumerate(range(begin, end, most))]


def settled_ms(end_ms: int, step_ms: int) -> int:
    """Up to when the pictures of a file that is being written stay as they are: a slot that is not over may yet begin
    another group."""
    return end_ms // step_ms * step_ms


def groups_of(piece: Footage, page: Page, step_ms: int) -> list[int | None]:
    """For each slot of a page the group of pictures whose key frame it shows: the first that begins in the slot, else
    the one that is shown at its start. None for slots of which the segment has nothing."""
    found: list[int | None] = []
    count = len(piece.groups)
    for slot in range(page.first, page.first + page.tiles):
        at_ms = max(slot * step_ms, piece.start_ms)
        if not count or at_ms >= piece.end_ms:
            found.append(None)
            continue
        group = piece.group_at(at_ms)
        following = group + 1
        begins_before = piece.wall_ms(piece.groups.dts[group]) < at_ms
        if begins_before and following < count and piece.wall_ms(piece.groups.dts[following]) < (slot + 1) * step_ms:
            group = following
        found.append(group)
    return found
