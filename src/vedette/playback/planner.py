"""From footage and a span to a playlist's content, file by file. Pure: no clock, no database, no text."""

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.core.errors import invalid
from vedette.playback.cutting import Cut, Stretch, cut
from vedette.playback.footage import Footage

HOUR_MS = 3_600_000
MAX_SPAN_MS = 31 * 24 * HOUR_MS
# An entry is closed at the first group border past this: 4 s where groups are of 1, 2 or 4 s. What a seek has to
# fetch is one entry; only long spans, which are skimmed, get longer ones to keep their text small.
SHORT_SPAN_MS = 4 * HOUR_MS
SHORT_MS = 3_500
LONG_MS = 9_500
# Holes are listed in entries of this length.
HOLE_S = 4.0


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a closed file, as it stands in every playlist that spans it: its text (`playlist.body`), and that as raw
    deflate which ends at a byte and needs nothing of what comes before it."""

    stretch: Stretch
    text: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class Hole:
    """Time that another stream of the camera has footage of, and this one has not."""

    duration_s: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A playlist's content, file by file. `ended` is false while footage may be appended. `start_s` is how far the
    asked start is from where the playlist begins."""

    parts: Sequence[Cut | Whole | Hole] = ()
    ended: bool = True
    start_s: float = 0.0

    @property
    def stretches(self) -> list[Stretch]:
        """What it has of files, in order."""
        return [part.stretch for part in self.parts if not isinstance(part, Hole)]

    @property
    def target_s(self) -> int:
        """EXT-X-TARGETDURATION: the longest entry, rounded (RFC 8216, section 4.3.3.1)."""
        longest = max((stretch.longest_s for stretch in self.stretches), default=0.0)
        if any(isinstance(part, Hole) for part in self.parts):
            longest = max(longest, HOLE_S)
        return max(1, int(longest + 0.5))


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


def plan(pieces: Sequence[Footage | Whole], start_ms: int, end_ms: int, *, ended: bool) -> Plan:
    """What shows [start_ms, end_ms) out of files of one stream, in order of time. Of a `Whole` all must be in the span.

    Begins with the key frame at or before the start. Unless `ended`, what may still grow is left for the next time.
    """
    parts: list[Cut | Whole] = []
    length_ms = entry_ms(end_ms - start_ms)
    for index, piece in enumerate(pieces):
        final = ended or index + 1 < len(pieces)
        part = piece if isinstance(piece, Whole) else cut(piece, start_ms, end_ms, length_ms, final=final)
        if part is not None:
            parts.append(part)
    start_s = max(0, start_ms - parts[0].stretch.at_ms) / 1000 if parts else 0.0
    return Plan(parts, ended, start_s)
