"""What a recorder tells the index. Each call is one transaction, may be repeated, and may come again after a crash.

The order of a file's life: `opened` with its first part, `progressed` every few seconds together with all other open
files, `closed` when it was finalised and synced. Whatever is missing at the end of that chain when a recorder dies is
mended by `recordings.recovery`.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import StreamRow
from vedette.core.clock import Clock
from vedette.core.errors import not_found
from vedette.db.dialect import upsert
from vedette.db.session import Database
from vedette.events import outbox
from vedette.recordings import ledger
from vedette.recordings.model import Closing, Gap, GapCause, HealthSample, NewSegment, Progress, SegmentState
from vedette.recordings.packing import pack
from vedette.recordings.tables import RunRow, SegmentRow


class SegmentCommitter:
    """One per recorder process. It holds no state: any call may be retried as it is."""

    def __init__(self, database: Database, clock: Clock, node: str) -> None:
        self._database = database
        self._clock = clock
        self._node = node

    async def run_started(self, run_id: UUID, stream_id: int, engine: str, start_ms: int) -> None:
        """A connection has a time line. `engine` is `native` or `libav`."""
        async with self._database.write() as session:
            values = {
                "id": run_id,
                "stream_id": stream_id,
                "node": self._node,
                "engine": engine,
                "start_ms": start_ms,
            }
            await session.execute(upsert(session, RunRow).values(values).on_conflict_do_nothing())

    async def run_ended(self, run_id: UUID, end_ms: int, reason: str, detail: str = "") -> None:
        """`reason` is an `EndReason`, `detail` a sentence for a person, without secrets."""
        async with self._database.write() as session:
            await ledger.end_run(session, run_id, end_ms, reason, detail)

    async def opened(self, segment: NewSegment) -> None:
        """A file got its first part. The gap that lasted ends with it."""
        async with self._database.write() as session:
            row = await ledger.insert_segment(session, segment, state=SegmentState.OPEN)
            if row is not None:
                await ledger.close_gap(session, row.stream_id, row.start_ms, self._clock.now_ms())

    async def progressed(self, files: Sequence[Progress]) -> None:
        """How far the open files are. Files that were closed meanwhile are left alone."""
        if not files:
            return
        async with self._database.write() as session:
            changes = {
                file.segment_id: {
                    "end_ms": file.end_ms,
                    "duration_ticks": file.duration_ticks,
                    "bytes": file.bytes,
                    "frames": file.frames,
                }
                for file in files
            }
            changed = await ledger.update_segments(session, changes, only=SegmentState.OPEN)
            packed = {file.segment_id: pack(file.groups) for file in files if file.groups is not None}
            await ledger.store_groups(session, {key: groups for key, groups in packed.items() if key in changed})

    async def closed(self, file: Closing) -> None:
        """A file was finalised and synced. Repeating it changes nothing.

        Raises VedetteError `recordings.unknown` when `opened` never came.
        """
        async with self._database.write() as session:
            if not await close_segment(session, file, self._clock.now_ms()) and not await session.get(
                SegmentRow, file.segment_id
            ):
                raise not_found("recordings.unknown", f"Segment {file.segment_id} is not in the index; open it first.")

    async def gap_opened(self, stream_id: int, start_ms: int, cause: GapCause, detail: str = "") -> None:
        """Footage stops at `start_ms`. A gap that lasts with another cause ends there; with the same it goes on."""
        async with self._database.write() as session:
            await ledger.open_gap(session, stream_id, Gap(start_ms, None, cause, detail), self._clock.now_ms())

    async def gap_closed(self, stream_id: int, end_ms: int) -> None:
        """The gap that lasts, if any, ends. `opened` does this by itself."""
        async with self._database.write() as session:
            await ledger.close_gap(session, stream_id, end_ms, self._clock.now_ms())

    async def health_minute(self, samples: Sequence[HealthSample]) -> None:
        """The minute that just ended, of all streams."""
        async with self._database.write() as session:
            await ledger.store_health(session, samples)


async def close_segment(session: AsyncSession, file: Closing, at_ms: int) -> bool:
    """Closes an open row: its values, its groups and the event. False when the row is gone or not open."""
    changes = {
        "state": SegmentState.CLOSED,
        "end_ms": file.end_ms,
        "duration_ticks": file.duration_ticks,
        "bytes": file.bytes,
        "frames": file.frames,
        "sha256": file.sha256,
    }
    if not await ledger.update_segments(session, {file.segment_id: changes}, only=SegmentState.OPEN):
        return False
    await ledger.store_groups(session, {file.segment_id: pack(file.groups)})
    row = await session.get_one(SegmentRow, file.segment_id)
    stream = await session.get_one(StreamRow, row.stream_id)
    payload = {
        "segment_id": str(row.id),
        "camera_id": str(stream.camera_id),
        "stream": stream.kind,
        "start_ms": row.start_ms,
        "end_ms": row.end_ms,
        "bytes": row.bytes,
    }
    outbox.emit(session, at_ms, "segment.closed", payload)
    return True
