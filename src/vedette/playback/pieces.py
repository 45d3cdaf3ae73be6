"""From rows of the index, and what the live hub knows beyond them, to footage."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from vedette.core.logs import get_logger
from vedette.playback.columns import boundaries
from vedette.playback.footage import Footage, Groups, TailPart
from vedette.playback.repository import StoredFile

log = get_logger("playback")


class LiveSegment(Protocol):
    """The file of a live part."""

    @property
    def segment_id(self) -> str: ...


class LivePart(Protocol):
    """A part as the live hub knows it."""

    @property
    def segment(self) -> LiveSegment: ...
    @property
    def offset(self) -> int: ...
    @property
    def length(self) -> int: ...
    @property
    def dts(self) -> int: ...
    @property
    def duration(self) -> int: ...
    @property
    def key(self) -> bool: ...


class LiveTail(Protocol):
    """What was written since the index was: the live hub."""

    def tail(self, stream_id: int) -> Sequence[LivePart]:
        """The parts of about the last minute, oldest first."""
        ...


def footage_of(live: LiveTail | None, stream_id: int, files: Sequence[StoredFile]) -> list[Footage]:
    """Files of one stream, oldest first, with their groups; the open one as far as the hub knows it."""
    tails: dict[str, list[TailPart]] = {}
    if live is not None and files and files[-1].state == "open":
        for part in live.tail(stream_id):
            tail = TailPart(part.offset, part.length, part.dts, part.duration, part.key)
            tails.setdefault(part.segment.segment_id, []).append(tail)
    pieces = []
    for file in files:
        piece = footage(file)
        if piece.open and (tail_parts := tails.get(piece.segment_id)):
            piece = piece.with_tail(tail_parts)
        pieces.append(piece)
    return pieces


def standing_as(piece: Footage, readable: int, lack: str) -> Footage:
    """With how many of its bytes are really there, and why the others are not."""
    if readable >= (piece.groups.offsets[-1] if piece.groups else 0):
        return piece
    return replace(piece, readable=readable, lack=lack)


def footage(file: StoredFile) -> Footage:
    """One file as the index has it."""
    return Footage(
        str(file.id),
        str(file.run_id),
        file.init,
        file.timescale,
        file.start_ms,
        file.start_ticks,
        _groups(file),
        open=file.state == "open",
    )


def _groups(file: StoredFile) -> Groups:
    if file.groups is None:
        return Groups()
    try:
        return boundaries(file.groups)[1]
    except ValueError as error:
        # One bad row must not take a day of footage away; `vedette check` mends it from the file.
        log.warning("unreadable group index", segment=str(file.id), error=str(error))
        return Groups()
