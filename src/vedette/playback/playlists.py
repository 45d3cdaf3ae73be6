"""Playlists over spans of one stream, or of all streams of a camera on one time line.

What a playlist says of a closed file is made once and kept (`kept`), so that a day that was asked for a moment ago
costs a query of the index, a look at the files and the putting together.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from vedette.cameras.directory import StreamRef, find_streams
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError, not_found
from vedette.db.session import Database
from vedette.playback import repository
from vedette.playback.cutting import cut
from vedette.playback.footage import Footage
from vedette.playback.kept import KeptText, Key
from vedette.playback.lacking import Standing, standings
from vedette.playback.pieces import LiveTail, footage, footage_of, standing_as
from vedette.playback.planner import SHORT_SPAN_MS, Plan, Whole, check_span, entry_ms, plan
from vedette.playback.playlist import whole
from vedette.playback.repository import StoredFile
from vedette.playback.together import SharedTime, aligned, spans_of
from vedette.playback.variants import Variant, peaked, variants

# What a playlist spans when no end is given: the same whenever it is loaded again, and of short entries, so that it
# follows the recording closely.
OPEN_SPAN_MS = SHORT_SPAN_MS
# Others have their turn after so many files.
_TURN = 24
# The way in which playlists are written: counted up when that changes, so that what browsers keep is not good any more.
_EDITION = "2"


@dataclass(frozen=True, slots=True)
class _Stored:
    """The files of one stream in a span, and what is there of each."""

    stream: StreamRef
    files: Sequence[StoredFile]
    standings: Sequence[Standing]


@dataclass(frozen=True, slots=True)
class Asked:
    """A playlist that was asked for, before it is made. `tag` names its content, None while that may change. `beside`
    are the camera's other streams, where they are to have one time line."""

    stored: _Stored
    beside: Sequence[_Stored]
    start_ms: int
    end_ms: int
    ended: bool
    tag: str | None

    @property
    def stream(self) -> StreamRef:
        """What is shown."""
        return self.stored.stream


class Playlists:
    """Reads the index, the live tail (without which open files end where the index says) and the state of files."""

    def __init__(self, database: Database, clock: Clock, live: LiveTail | None, kept: KeptText | None = None) -> None:
        self._database = database
        self._clock = clock
        self._live = live
        self._kept = kept or KeptText()

    async def look(
        self, camera: str, kind: str, start_ms: int, end_ms: int | None, *, with_others: bool = False
    ) -> Asked:
        """What there is for a playlist of a span; it may be appended to while its end lies in the future.

        Raises VedetteError `camera.not_found`, `playback.span...`, `playback.future`.
        """
        now_ms = self._clock.now_ms()
        end_ms = start_ms + OPEN_SPAN_MS if end_ms is None else end_ms
        check_span(start_ms, end_ms, now_ms)
        async with self._database.read() as session:
            streams = await find_streams(session, camera, past=True)
            stream = replace(streams.get(kind) or streams["main"], requested=kind)
            wanted = [stream, *(other for other in streams.values() if with_others and other.kind != stream.kind)]
            found = [
                await repository.overlapping(session, one.stream_id, start_ms, end_ms, groups=False) for one in wanted
            ]
        there = await standings([file for files in found for file in files])
        stored = []
        for one, files in zip(wanted, found, strict=True):
            stored.append(_Stored(one, files, there[: len(files)]))
            there = there[len(files) :]
        ended = end_ms <= now_ms
        tag = _tag(start_ms, end_ms, stored) if ended else None
        return Asked(stored[0], stored[1:], start_ms, end_ms, ended, tag)

    async def make(self, asked: Asked) -> Plan:
        """The playlist. Raises VedetteError `playback.no_footage` when nothing was recorded in the span."""
        made = await self._plan(asked.stored, asked)
        if not made.parts:
            raise no_footage(asked.stream)
        if asked.beside:
            others = [await self._plan(stored, asked) for stored in asked.beside]
            shared = SharedTime(span for one in (made, *others) for span in spans_of(one.stretches))
            made = aligned(made, shared, asked.start_ms)
        return made

    async def variants(self, camera: str, start_ms: int, end_ms: int | None) -> list[Variant]:
        """The streams of a camera that have footage of a span, the main one first.

        Raises VedetteError as `look` and `make` do.
        """
        end_ms = start_ms + OPEN_SPAN_MS if end_ms is None else end_ms
        check_span(start_ms, end_ms, self._clock.now_ms())
        async with self._database.read() as session:
            streams = await find_streams(session, camera, past=True)
            ids: dict[str, int] = {kind: streams[kind].stream_id for kind in ("main", "sub") if kind in streams}
            recorded = await repository.recorded(session, list(ids.values()), start_ms, end_ms)
        found = variants(ids, recorded)
        if not found:
            raise no_footage(streams["main"])
        return found

    async def with_peaks(
        self, camera: str, found: Sequence[Variant], start_ms: int, end_ms: int | None
    ) -> list[Variant]:
        """The same streams with the peak bit rate of what their playlists name. Makes those, which are asked for next
        anyway. Raises VedetteError as `look` does."""
        made = []
        for one in found:
            asked = await self.look(camera, one.stream, start_ms, end_ms)
            made.append(peaked(one, (await self._plan(asked.stored, asked)).stretches))
        return made

    async def _plan(self, stored: _Stored, asked: Asked) -> Plan:
        length_ms = entry_ms(asked.end_ms - asked.start_ms)
        keys = [_key(file, length_ms) if _spanned(file, asked) else None for file in stored.files]
        texts: dict[UUID, Whole] = {}
        for file, key, there in zip(stored.files, keys, stored.standings, strict=True):
            found = self._kept.get(key) if key is not None else None
            if found is not None and there.readable >= file.size:
                texts[file.id] = found
        missing = [file for file in stored.files if file.id not in texts]
        async with self._database.read() as session:
            groups = await repository.groups_of(session, [file.id for file in missing])
        pieces: list[Footage | Whole] = []
        made = 0
        for file, key, there in zip(stored.files, keys, stored.standings, strict=True):
            piece: Footage | Whole | None = texts.get(file.id)
            if piece is None and key is not None:
                made += 1
                if not made % _TURN:
                    await asyncio.sleep(0)
                piece = standing_as(footage(replace(file, groups=groups.get(file.id))), there.readable, there.lack)
                entries = cut(piece, piece.start_ms, piece.end_ms + 1, length_ms)
                if piece.readable is None and entries is not None:
                    piece = whole(entries)
                    self._kept.put(key, piece)
            if piece is not None:
                pieces.append(piece)
                continue
            with_groups = replace(file, groups=groups.get(file.id))
            (open_piece,) = footage_of(self._live, stored.stream.stream_id, [with_groups])
            pieces.append(standing_as(open_piece, there.readable, there.lack))
        return plan(pieces, asked.start_ms, asked.end_ms, ended=asked.ended)


def no_footage(stream: StreamRef) -> VedetteError:
    """Nothing was recorded in a span."""
    return not_found(
        "playback.no_footage",
        f"Nothing of {stream.camera_name} was recorded in this span. /playback/{stream.camera_slug}/at says where"
        " footage goes on.",
    )


def _spanned(file: StoredFile, asked: Asked) -> bool:
    """Whether all of a file that stays as it is stands in the playlist."""
    return file.state != "open" and file.start_ms >= asked.start_ms and file.end_ms <= asked.end_ms


def _key(file: StoredFile, length_ms: int) -> Key:
    return Key(file.id, length_ms, _facts(file))


def _facts(file: StoredFile) -> tuple[object, ...]:
    """What the text of a file comes from, as far as a row tells it without its groups."""
    return file.run_id, file.init, file.start_ms, file.end_ms, file.start_ticks, file.size, file.packed_bytes


def _tag(start_ms: int, end_ms: int, stored: Sequence[_Stored]) -> str | None:
    """A name for the content of a playlist, from what it is made of; None while a file is being written."""
    digest = hashlib.sha256(f"{_EDITION} {start_ms} {end_ms}".encode())
    for one in stored:
        for file, there in zip(one.files, one.standings, strict=True):
            if file.state == "open":
                return None
            lack = "" if there.readable >= file.size else f"{there.readable} {there.lack}"
            digest.update(f"{file.id} {file.state} {_facts(file)} {lack}\n".encode())
        digest.update(b"\n")
    return digest.hexdigest()[:32]
