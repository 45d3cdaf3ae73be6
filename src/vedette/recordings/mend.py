"""Repairs that lose nothing: each makes the index say what the files are."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.media.fmp4.segment import Finalised, finalise, read_head
from vedette.recordings import adoption, garbage, ledger, repository
from vedette.recordings.adoption import Place
from vedette.recordings.findings import Code
from vedette.recordings.inspection import Expected
from vedette.recordings.model import Gap, GapCause, Segment, SegmentState
from vedette.recordings.packing import pack
from vedette.recordings.tables import InitRow


@dataclass(frozen=True, slots=True)
class Mended:
    """A repair that was made. `lost` says in a sentence what is gone for good, if anything is."""

    lost: str = ""


class Mender:
    """Repairs for `check --repair`. Each is one transaction and says whether it mended anything."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def row(self, code: Code, expected: Expected, place: Place) -> Mended | None:
        """Mends a disagreement between a row and its file. None when nothing was mended."""
        row = expected.row
        if code is Code.MISSING:
            return Mended(_all_lost(row)) if await self.forget(row) else None
        if code in (Code.UNREADABLE, Code.HOLES, Code.HASH):
            return Mended() if await self.mark_damaged(row) else None
        if code is Code.METADATA:
            # The file belongs to another segment: the row goes, and the file comes in under its own name.
            return Mended() if await self.forget(row) and await self.orphan(place) else None
        done = await asyncio.to_thread(finalise, place.absolute)
        if done.empty:
            return Mended(_all_lost(row)) if await self.forget(row) else None
        async with self._database.write() as session:
            if not await self.take_over(session, row, done, place, row.stream_id):
                return None
            return Mended(await self._account_for_loss(session, row, done))

    async def _account_for_loss(self, session: AsyncSession, row: Segment, done: Finalised) -> str:
        """The gap behind a file that was cut short, and a sentence about it."""
        frames = row.frames - done.frames
        if row.state == SegmentState.OPEN or frames <= 0:
            return ""
        end_ms = row.start_ms + adoption.duration_ms(done)
        missing_s = max(0, row.end_ms - end_ms) / 1000
        if end_ms < row.end_ms:
            gap = Gap(end_ms, row.end_ms, GapCause.LOST, "The file was cut short: its end is gone.")
            await ledger.add_ended_gap(session, row.stream_id, gap, self._clock.now_ms())
        return (
            f"{frames} of {row.frames} frames are lost, the last {missing_s:.1f} s; the recording is marked as damaged."
        )

    async def forget(self, row: Segment) -> bool:
        """Takes a row out whose file is gone, and leaves a gap."""
        async with self._database.write() as session:
            if not await ledger.remove_segment(session, row.id):
                return False
            if row.end_ms > row.start_ms:
                gap = Gap(row.start_ms, row.end_ms, GapCause.LOST, "The file of this footage is gone.")
                await ledger.add_ended_gap(session, row.stream_id, gap, self._clock.now_ms())
            return True

    async def mark_damaged(self, row: Segment) -> bool:
        """Says that a recording is not what it was; False when that is said already."""
        async with self._database.write() as session:
            return bool(
                await ledger.update_segments(
                    session, {row.id: {"state": SegmentState.DAMAGED}}, only=SegmentState.CLOSED
                )
            )

    async def take_over(
        self, session: AsyncSession, row: Segment, done: Finalised, place: Place, stream_id: int
    ) -> bool:
        """Makes a row what its file is, and says whether it was anything else.

        One that lost frames since it was closed is damaged. The end stays where the clock of the recorder saw it, as
        long as the file is as long as it was.
        """
        worse = row.state != SegmentState.OPEN and done.frames < row.frames
        same_length = row.state != SegmentState.OPEN and done.duration_ticks == row.duration_ticks
        values = {
            "state": SegmentState.DAMAGED if worse else SegmentState.CLOSED,
            "stream_id": stream_id,
            "volume_id": place.volume_id,
            "path": place.path,
            "init_id": await ledger.ensure_init(session, done.init),
            "end_ms": row.end_ms if same_length else row.start_ms + adoption.duration_ms(done),
            "start_ticks": done.start_ticks,
            "duration_ticks": done.duration_ticks,
            "bytes": done.bytes,
            "frames": done.frames,
        }
        packed = pack(done.index)
        same = all(getattr(row, name) == value for name, value in values.items())
        if same and (await repository.groups(session, [row.id])).get(row.id) == packed:
            return False
        changed = await ledger.update_segments(session, {row.id: values}, only=None)
        await ledger.store_groups(session, dict.fromkeys(changed, packed))
        return bool(changed)

    async def orphan(self, place: Place) -> bool:
        """Adds the row of a file; False when its camera is not in the index (`reindex` makes it)."""
        told = (await asyncio.to_thread(read_head, place.absolute)).metadata
        async with self._database.read() as session:
            streams = await repository.streams(session, camera_ids=[UUID(told.camera_id)], kind=told.stream)
        if not streams:
            return False
        done = await asyncio.to_thread(finalise, place.absolute)
        if done.empty:
            await asyncio.to_thread(place.absolute.unlink)
            return True
        async with self._database.write() as session:
            return await adoption.adopt(session, done, next(iter(streams)), place) is not None

    async def usage(self) -> bool:
        """Counts usage again from the segments."""
        async with self._database.read() as session:
            streams = await repository.streams(session)
        for stream_id in streams:
            async with self._database.write() as session:
                await ledger.recount_usage(session, stream_id)
        return True

    async def garbage(self, volume_id: int, root: Path) -> bool:
        """Unlinks what is to go on a volume."""
        return not (await garbage.collect(self._database, {volume_id: root})).failed

    async def init(self, init_id: int, digest: str, place: Place) -> bool:
        """Takes a damaged init from a file that is decoded with it."""
        found = (await asyncio.to_thread(read_head, place.absolute)).init
        if found.digest != digest:
            return False
        async with self._database.write() as session:
            row = await session.get_one(InitRow, init_id)
            row.data = found.data
        return True


def _all_lost(row: Segment) -> str:
    seconds = (row.end_ms - row.start_ms) / 1000
    return f"All {row.frames} frames of it are lost, {seconds:.1f} s." if row.frames else ""
