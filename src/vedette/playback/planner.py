"""From footage and a span to playlist entries. Pure: no clock, no database, no text.

Entries are cut where a group of pictures ends, as soon as they are long enough. That rule looks only backwards, so that
the entries of a file that is still being written stay as they are when the playlist is asked for again (RFC 8216,
section 6.2.1: an EVENT playlist may only be appended to).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from vedette.core.errors import invalid
from vedette.playback.footage import Footage

HOUR_MS = 3_600_000
MAX_SPAN_MS = 31 * 24 * HOUR_MS
# An entry is closed at the first group border past this: 4 s where groups are of 1, 2 or 4 s. What a seek has to
# fetch is one entry; only long spans, which are skimmed, get longer ones to keep their text small.
SHORT_SPAN_MS = 4 * HOUR_MS
SHORT_MS = 3_500
LONG_MS = 9_500
# A wall-clock stamp at least so often, in entries: never more than some minutes apart.
DATED_EVERY = 30
# Time lines of files that follow each other may differ by this much without the player noticing.
JOIN_MS = 250


class Entry(NamedTuple):
    """One media segment of a playlist: bytes of a file. A NamedTuple, since a day makes ten thousand of them.

    `discontinuity`: the time line or the init differs from the entry before. `dated`: carries its wall clock.
    `gap`: the bytes can't be had (the file is gone or damaged).
    """

    segment_id: str
    init: str
    offset: int
    length: int
    duration_s: float
    at_ms: int
    discontinuity: bool
    dated: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A playlist's content. `ended` is false while footage may be appended. `start_s` is how far into the first entry
    the asked start is."""

    entries: list[Entry] = field(default_factory=list)
    ended: bool = True
    start_s: float = 0.0

    @property
    def target_s(self) -> int:
        """EXT-X-TARGETDURATION: the longest entry, rounded (RFC 8216, section 4.3.3.1)."""
        return max(1, int(max((entry.duration_s for entry in self.entries), default=0) + 0.5))


def check_span(start_ms: int, end_ms: int, now_ms: int) -> None:
    """Raises VedetteError for a span that no playlist can be made of."""
    if end_ms <= start_ms:
        raise invalid("playback.span", "The end must be after the start.", field="end")
    if end_ms - start_ms > MAX_SPAN_MS:
        raise invalid(
            "playback.span_too_long", "One playlist spans at most 31 days. Ask for less at once.", field="end"
        )
    if start_ms > now_ms:
        raise invalid("playback.future", "Nothing was recorded after now. Choose an earlier start.", field="start")


def entry_ms(span_ms: int) -> int:
    """How long entries get. It depends on the asked span alone, so that it stays when the playlist is loaded again."""
    return SHORT_MS if span_ms <= SHORT_SPAN_MS else LONG_MS


def plan(footage: Sequence[Footage], start_ms: int, end_ms: int, *, ended: bool) -> Plan:
    """The entries that show [start_ms, end_ms) out of `footage`, which is of one stream and in order of time.

    Begins with the key frame at or before the start. Unless `ended`, what may still grow is left for the next time.
    """
    entries: list[Entry] = []
    start_s = 0.0
    before: _Join | None = None
    length_ms = entry_ms(end_ms - start_ms)
    for index, piece in enumerate(footage):
        count = len(piece.groups)
        if not count or piece.end_ms <= start_ms:
            continue
        final = ended or index + 1 < len(footage)
        first = piece.group_at(start_ms)
        last = bisect_left(piece.groups.dts, piece.ticks(end_ms), 0, count)
        if not final and piece.growing:
            last = min(last, count - 1)
        cuts = _cuts(piece, first, last, length_ms, keep_rest=final or not piece.open)
        if len(cuts) < 2:
            continue
        if not entries:
            start_s = max(0, start_ms - piece.wall_ms(piece.groups.dts[first])) / 1000
        joined = before is not None and before.continues(piece, cuts[0])
        _append(entries, piece, cuts, joined=joined)
        before = _Join.at_end(piece, cuts[-1])
    return Plan(entries, ended, start_s)


class _Join(NamedTuple):
    """Where the entries made so far end."""

    run_id: str
    init: str
    dts: int

    @staticmethod
    def at_end(piece: Footage, boundary: int) -> "_Join":
        return _Join(piece.run_id, piece.init, piece.groups.dts[boundary])

    def continues(self, piece: Footage, boundary: int) -> bool:
        hole = piece.groups.dts[boundary] - self.dts
        return self.run_id == piece.run_id and self.init == piece.init and abs(hole) * 1000 <= JOIN_MS * piece.timescale


def _cuts(piece: Footage, first: int, last: int, length_ms: int, *, keep_rest: bool) -> list[int]:
    """Boundaries between entries, from group `first` up to before group `last`."""
    dts = piece.groups.dts
    enough = length_ms * piece.timescale // 1000
    cuts = [first]
    at = first
    while at < last:
        until = bisect_left(dts, dts[at] + enough, at + 1, last)
        if until == last and not keep_rest and dts[until] - dts[at] < enough:
            break
        cuts.append(until)
        at = until
    return cuts


def _append(entries: list[Entry], piece: Footage, cuts: list[int], *, joined: bool) -> None:
    dts, offsets = piece.groups.dts, piece.groups.offsets
    segment_id, init, timescale = piece.segment_id, piece.init, piece.timescale
    start_ms, start_ticks = piece.start_ms, piece.start_ticks
    readable = offsets[-1] if piece.readable is None else piece.readable
    made = [
        Entry(
            segment_id,
            init,
            offset := offsets[at],
            (end := offsets[until]) - offset,
            (dts[until] - (ticks := dts[at])) / timescale,
            start_ms + (ticks - start_ticks) * 1000 // timescale,
            False,
            False,
            end > readable,
        )
        for at, until in pairwise(cuts)
    ]
    # A file's first entry always has its date: each file is anchored to the wall clock anew.
    for number in range(0, len(made), DATED_EVERY):
        made[number] = made[number]._replace(dated=True)
    if entries and not joined:
        made[0] = made[0]._replace(discontinuity=True)
    entries += made
