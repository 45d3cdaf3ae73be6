"""Preview sheets: found, made when they are first asked for, kept."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from uuid import UUID

from vedette.cameras.directory import StreamRef, find_streams
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.logs import get_logger
from vedette.core.waiting import overheard
from vedette.db.session import Database
from vedette.http.media import MediaFile
from vedette.media.codecs.errors import BadMedia
from vedette.media.sheets import sheet
from vedette.playback.background import Background
from vedette.playback.footage import Footage
from vedette.playback.pictures import read_part_now
from vedette.playback.previews import repository
from vedette.playback.previews.grid import COLUMNS, STEPS, WIDTH, groups_of, pages, settled_ms
from vedette.playback.previews.repository import Piece
from vedette.playback.previews.shelf import Shelf, name_of, superfluous
from vedette.playback.service import PlaybackService
from vedette.recordings.files import RecordingFile, open_file

log = get_logger("previews")

# Files that one answer names at most: a month of quarters of an hour.
MOST_PIECES = 3_200
# A sheet takes a tenth of a second to two seconds of a core.
_MOST_WAITING = 32
_LOOK_S = 600.0


@dataclass(frozen=True, slots=True)
class Sheets:
    """What shows a span: the stream it is of, and its closed segments, oldest first. `growing` is what is settled of
    the one that is being written."""

    stream: StreamRef
    pieces: Sequence[Piece]
    growing: Piece | None = None


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A JPEG, and the bytes `[start, end)` of the file whose pictures it shows."""

    name: str
    data: bytes
    shown: tuple[int, int]


class PreviewService:
    """One per api process, used as an asynchronous context. Never asks anything of a recorder."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        playback: PlaybackService,
        background: Background,
        directory: Path,
        limit_bytes: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._playback = playback
        self._shelf = Shelf(directory)
        self._limit_bytes = limit_bytes
        self._making: dict[str, asyncio.Task[bytes]] = {}
        self._background = background
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._look(), name="previews")
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [*self._making.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def sheets(self, camera: str, kind: str | None, start_ms: int, end_ms: int, step_ms: int) -> Sheets:
        """The segments with footage of a span. Without `kind` of the sub-stream where that was recorded: it costs a
        fifth, and tiles are small.

        Raises VedetteError `camera.not_found`, `previews.span`, `previews.step`, `previews.span_too_long`.
        """
        check_step(step_ms)
        if end_ms <= start_ms:
            raise invalid("previews.span", "The end must be after the start.", field="end")
        async with self._database.read() as session:
            streams = await find_streams(session, camera, past=True)
            main = streams["main"]
            asked = [main if kind is None else streams.get(kind, main)]
            if kind is None and "sub" in streams:
                asked.insert(0, streams["sub"])
            pieces: list[Piece] = []
            growing: UUID | None = None
            for stream in asked:
                pieces = await repository.closed(session, stream.stream_id, start_ms, end_ms, MOST_PIECES + 1)
                growing = await repository.being_written(session, stream.stream_id, end_ms)
                if pieces or growing:
                    break
        if len(pieces) > MOST_PIECES:
            raise invalid(
                "previews.span_too_long", f"More than {MOST_PIECES} files show it. Ask for less.", field="end"
            )
        return Sheets(stream, pieces, await self._settled(growing, start_ms, step_ms) if growing else None)

    async def sheet(self, file: RecordingFile, step_ms: int, number: int, tiles: int | None = None) -> MadeSheet:
        """One sheet of a recording, or its first `tiles` pictures. Of one that is being written there is what stays as
        it is: whole sheets, and the beginning of the last one.

        Raises VedetteError `previews.step`, `previews.no_sheet`, `previews.busy`, `recording.file_missing`,
        `recording.damaged`.
        """
        check_step(step_ms)
        piece = await self._playback.footage(file.segment_id)
        end_ms = piece.end_ms if file.tag else settled_ms(piece.end_ms, step_ms)
        page = next((one for one in pages(piece.start_ms, end_ms, step_ms) if one.number == number), None)
        if page is None or page.tiles < (tiles or 0):
            raise _no_sheet(f"This recording has no sheet {number} with this step (yet).")
        if tiles is not None:
            page = page._replace(tiles=tiles)
        elif file.tag is None and page.tiles < STEPS[step_ms]:
            raise _no_sheet("This recording is being written. Say how many pictures of its last sheet are wanted.")
        groups = groups_of(piece, page, step_ms)
        present = [group for group in groups if group is not None]
        if not present:
            raise _no_sheet("There is no picture of this time.")
        shown = piece.groups.offsets[present[0]], piece.groups.offsets[present[-1] + 1]
        # The beginning of a sheet is of use for a minute; it is not kept.
        name = (
            name_of(file.segment_id, step_ms, number)
            if tiles is None
            else f"{file.segment_id}-{step_ms}-{number}-{tiles}"
        )
        data = await asyncio.to_thread(self._shelf.read, name) if tiles is None else None
        if data is None:
            data = await self._made(name, file, piece, groups, keep=tiles is None)
        return MadeSheet(name, data, shown)

    async def tidy(self) -> int:
        """Throws away sheets of footage that is gone, and the oldest of too many; says how many."""
        kept = await asyncio.to_thread(self._shelf.all)
        async with self._database.read() as session:
            there = await repository.existing(session, {one.segment_id for one in kept})
        away = superfluous(kept, there, self._limit_bytes)
        for one in away:
            with suppress(OSError):
                await asyncio.to_thread(one.path.unlink, missing_ok=True)
        return len(away)

    async def _settled(self, growing: UUID, start_ms: int, step_ms: int) -> Piece | None:
        """What there is to see of an open segment since `start_ms`; None when there is nothing (yet)."""
        try:
            piece = await self._playback.footage(growing)
        except VedetteError:  # closed and deleted meanwhile
            return None
        end_ms = settled_ms(piece.end_ms, step_ms) if piece.groups else 0
        return Piece(growing, piece.start_ms, end_ms) if end_ms > max(start_ms, piece.start_ms) else None

    async def _made(
        self, name: str, file: RecordingFile, piece: Footage, groups: Sequence[int | None], *, keep: bool
    ) -> bytes:
        task = self._making.get(name)
        if task is None:
            if len(self._making) >= _MOST_WAITING:
                raise VedetteError(
                    ErrorKind.UNAVAILABLE, "previews.busy", "Too many previews are being made. Try again in a moment."
                )
            task = self._making[name] = asyncio.create_task(self._make(name, file, piece, groups, keep=keep))
            task.add_done_callback(overheard)
        # One that goes away must not take the sheet from the others.
        return await asyncio.shield(task)

    async def _make(
        self, name: str, file: RecordingFile, piece: Footage, groups: Sequence[int | None], *, keep: bool
    ) -> bytes:
        try:
            init = await self._playback.init(piece.init)
            opened = await open_file(file)
            data = await self._background.run(_draw, init, opened, piece, groups)
            try:
                if keep:
                    await asyncio.to_thread(self._shelf.write, name, data)
            except OSError as error:  # a full disk: it is made again the next time
                log.warning("a preview could not be kept", error=str(error))
            return data
        except BadMedia as error:
            raise VedetteError(
                ErrorKind.DATA_LOSS, "recording.damaged", f"No picture of this recording can be decoded ({error})."
            ) from error
        finally:
            del self._making[name]

    async def _look(self) -> None:
        while True:
            try:
                await self.tidy()
            except Exception:  # the next look is in some minutes
                log.exception("the look after previews failed")
            await self._clock.sleep(_LOOK_S)


def check_step(step_ms: int) -> None:
    """Raises VedetteError `previews.step`."""
    if step_ms not in STEPS:
        steps = ", ".join(str(step) for step in sorted(STEPS))
        raise invalid("previews.step", f"Previews are {steps} ms apart, not {step_ms}.", field="step_ms")


def _draw(init: bytes, file: MediaFile, piece: Footage, groups: Sequence[int | None]) -> bytes:
    """In the thread, which the file is handed over to."""

    def parts() -> Iterator[bytes | None]:
        last: int | None = None
        part: bytes | None = None
        for group in groups:
            if group != last:
                part = None if group is None else read_part_now(file, piece.groups.offsets[group])
                last = group
            yield part

    try:
        return sheet(init, parts(), width=WIDTH, columns=COLUMNS)[0]
    finally:
        file.close()


def _no_sheet(words: str) -> VedetteError:
    return not_found("previews.no_sheet", words)
