"""Moves files from volume to volume, one after the other. Whenever the process dies nothing is lost.

The order: a claim with the place of the copy (committed), the copy, reading it back, one transaction (the segment lies
there now, the old file is garbage, the claim is gone), and only then the old file is deleted. A claim that nobody
touched for `PATIENCE_MS` is what a killed process left: its half-made copy becomes garbage, and the file is moved anew.
"""

import asyncio
import errno
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from vedette.access.principal import SYSTEM
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.media.fmp4.recorded_hash import hash_file
from vedette.recordings import garbage, ledger
from vedette.recordings.model import Segment, SegmentState
from vedette.recordings.moving import repository
from vedette.recordings.moving.transfer import Differs, Place, copy
from vedette.recordings.tables import SegmentRow
from vedette.recordings.tables_moving import MoveCopyRow, MoveRow
from vedette.storage.objects import ObjectVolume
from vedette.storage.paths import inside
from vedette.storage.volumes import marked

log = get_logger("recordings.moving")

PATIENCE_MS = 60_000
_BEAT_S = 5.0
_BATCH = 50
_MOVED = "moved"
_CUT_SHORT = "move_cut_short"

Places = Mapping[int, Path | ObjectVolume]


class _Stopped(Exception):  # noqa: N818 - a way out, no failure
    """The move was cancelled, or another process took the copy for left behind."""


class Mover:
    """One per worker. Remembers which files can't be moved, so that they are told of once."""

    def __init__(self, database: Database, clock: Clock, *, patience_ms: int = PATIENCE_MS) -> None:
        self._database = database
        self._clock = clock
        self._patience_ms = patience_ms
        self._hopeless: dict[UUID, set[UUID]] = {}

    async def run(self, places: Places) -> int:
        """Does what there is to do on the volumes in `places`, and says how many files it moved."""
        await self.clear(places)
        async with self._database.read() as session:
            moves = await repository.unfinished(session)
        self._hopeless = {move.id: self._hopeless.get(move.id, set()) for move in moves}
        return sum([await self._move(move, places) for move in moves])

    async def clear(self, places: Places) -> int:
        """Makes garbage of copies that killed processes left, and says how many."""
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            left = await repository.stale(session, now_ms - self._patience_ms)
            for one in left:
                if await repository.release(session, one.segment_id, one.path):
                    place = one.volume_id, one.path, one.start_ms, one.bytes
                    await repository.throw_away(session, *place, _CUT_SHORT, now_ms)
        if left:
            await garbage.collect(self._database, places)
        return len(left)

    async def _move(self, move: MoveRow, places: Places) -> int:
        if not await self._begin(move):
            return 0
        target = places.get(move.volume_id)
        if target is None:
            await self._say(move, "Waits: its volume can't be reached. See Storage.")
            return 0
        done, after = 0, None
        hopeless = self._hopeless[move.id]
        while True:
            async with self._database.read() as session:
                batch = await repository.following(session, move, after, _BATCH)
            if not batch:
                break
            for row in batch:
                after = row.start_ms, row.id
                if row.id in hopeless:
                    continue
                try:
                    moved = await self._one(move, row, places, target)
                except _Stopped:
                    return done
                except VedetteError as error:
                    # The target or the source does not answer: the rest waits for it as well.
                    await self._say(move, f"Waits: {error.message}")
                    return done
                done += moved
        await self._end(move)
        return done

    async def _one(self, move: MoveRow, row: Segment, places: Places, target: Place) -> bool:
        source = places.get(row.volume_id)
        if source is None:
            await self._give_up(move, row, "the volume that it is on can't be reached")
            return False
        path = await self._claim(move, row)
        if path is None:
            return False
        try:
            await self._verify(row, source)
            await copy(source, row.path, target, path, row.bytes, _Pulse(self, move.id, row.id, path).beat)
        except (Differs, OSError, ValueError) as error:
            await self._let_go(move, row, path)
            await garbage.collect(self._database, places)
            _check_volumes(error, source, target)
            await self._give_up(move, row, str(error))
            return False
        except _Stopped:
            await self._let_go(move, row, path)
            await garbage.collect(self._database, places)
            raise
        except BaseException:
            await asyncio.shield(self._let_go(move, row, path))
            raise
        moved = await self._commit(move, row, path)
        # The old file, or the copy where the segment was deleted meanwhile.
        await garbage.collect(self._database, places)
        return moved

    async def _claim(self, move: MoveRow, row: Segment) -> str | None:
        """Where the copy goes; None when another process makes one."""
        path = row.path
        try:
            async with self._database.write() as session:
                if await repository.taken(session, move.volume_id, path, row.start_ms):
                    pure = PurePosixPath(path)
                    path = str(pure.with_name(f"{pure.stem}-{uuid7().hex[-8:]}{pure.suffix}"))
                session.add(
                    MoveCopyRow(
                        segment_id=row.id,
                        move_id=move.id,
                        volume_id=move.volume_id,
                        path=path,
                        start_ms=row.start_ms,
                        bytes=row.bytes,
                        touched_ms=self._clock.now_ms(),
                    )
                )
                await session.flush()
        except IntegrityError:
            return None
        return path

    async def _verify(self, row: Segment, source: Place) -> None:
        """The recorded bytes are those that were recorded: damage is not carried on as if it were sound."""
        if isinstance(source, Path):
            size = (await asyncio.to_thread(inside(source, row.path).lstat)).st_size
            if size != row.bytes:
                raise Differs(f"it has {size} bytes, the index says {row.bytes}; run `vedette check`")
        if not isinstance(source, Path) or row.sha256 is None or row.state == SegmentState.DAMAGED:
            return
        if await asyncio.to_thread(hash_file, inside(source, row.path)) != row.sha256:
            raise Differs("its recorded bytes have another hash than when they were recorded; run `vedette check`")

    async def _commit(self, move: MoveRow, row: Segment, path: str) -> bool:
        """One transaction. Garbage is what nobody names any more, whichever of the two that is."""
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            ours = await repository.release(session, row.id, path)
            where = select(SegmentRow.volume_id, SegmentRow.path, SegmentRow.state).where(SegmentRow.id == row.id)
            now = (await session.execute(where.with_for_update())).first()
            if not ours or now is None or tuple(now) != (row.volume_id, row.path, row.state):
                await repository.throw_away(session, move.volume_id, path, row.start_ms, row.bytes, _CUT_SHORT, now_ms)
                return False
            await ledger.update_segments(session, {row.id: {"volume_id": move.volume_id, "path": path}}, only=row.state)
            await repository.throw_away(session, row.volume_id, row.path, row.start_ms, row.bytes, _MOVED, now_ms)
            await repository.count_done(session, move.id, row.bytes)
            return True

    async def _let_go(self, move: MoveRow, row: Segment, path: str) -> None:
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            await repository.release(session, row.id, path)
            await repository.throw_away(session, move.volume_id, path, row.start_ms, row.bytes, _CUT_SHORT, now_ms)

    async def _give_up(self, move: MoveRow, row: Segment, why: str) -> None:
        same = SegmentRow.id == row.id, SegmentRow.volume_id == row.volume_id, SegmentRow.path == row.path
        async with self._database.read() as session:
            if await session.scalar(select(SegmentRow.id).where(*same)) is None:
                return  # deleted meanwhile: nothing failed
        self._hopeless[move.id].add(row.id)
        log.warning("file can't be moved", path=row.path, reason=why)
        async with self._database.write() as session:
            await repository.count_failed(session, move.id)
            await repository.set_detail(session, move.id, f"{row.path} stays where it is: {why}.")

    async def _begin(self, move: MoveRow) -> bool:
        async with self._database.write() as session:
            now = await repository.get(session, move.id, lock=True)
            if now is None or now.state not in repository.UNFINISHED:
                return False
            if now.state == "waiting":
                now.state, now.started_ms = "running", self._clock.now_ms()
            return True

    async def _end(self, move: MoveRow) -> None:
        async with self._database.write() as session:
            now = await repository.get(session, move.id, lock=True)
            if now is None or now.state != "running" or await repository.live(session, move.id):
                return
            now.state, now.ended_ms = "failed" if now.files_failed else "done", self._clock.now_ms()
            if not now.files_failed:
                now.detail = ""
            entry = Entry(
                "recording.moved",
                "failed" if now.files_failed else "ok",
                object_kind="volume",
                object_id=str(now.volume_id),
                camera_id=now.camera_id,
                after={"files": now.files_done, "bytes": now.bytes_done, "failed": now.files_failed},
            )
            await record(session, self._clock.now_ms(), SYSTEM, entry)
        log.info("footage moved", move=str(move.id), volume_id=move.volume_id)

    async def _say(self, move: MoveRow, detail: str) -> None:
        async with self._database.write() as session:
            await repository.set_detail(session, move.id, detail)

    async def still_ours(self, move_id: UUID, segment_id: UUID, path: str) -> None:
        """Says that the copy is being made. Raises where it is not to be any more."""
        async with self._database.write() as session:
            move = await repository.get(session, move_id)
            ours = await repository.touch(session, segment_id, path, self._clock.now_ms())
        if move is None or move.state != "running" or not ours:
            raise _Stopped


def _check_volumes(error: Exception, source: Place, target: Place) -> None:
    """Raises VedetteError where not the file is at fault but the disk that it comes from or goes to."""
    if isinstance(source, Path) and not marked(source):
        raise VedetteError(ErrorKind.UNAVAILABLE, "volume.missing", f"{source} is not there. Mount its disk.")
    if isinstance(target, Path) and isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise VedetteError(ErrorKind.EXHAUSTED, "volume.full", f"{target} is full. Make room there.")
        if not marked(target):
            raise VedetteError(ErrorKind.UNAVAILABLE, "volume.missing", f"{target} is not there. Mount its disk.")


class _Pulse:
    """Looks every few seconds, between two pieces of a file."""

    def __init__(self, mover: Mover, move_id: UUID, segment_id: UUID, path: str) -> None:
        self._mover = mover
        self._of = move_id, segment_id, path
        self._looked_s = 0.0

    async def beat(self) -> None:
        now_s = asyncio.get_running_loop().time()
        if now_s - self._looked_s >= _BEAT_S:
            self._looked_s = now_s
            await self._mover.still_ours(*self._of)
