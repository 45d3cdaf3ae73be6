"""From a finalised file to its row: what recovery, `check` and `reindex` share."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.db.dialect import upsert
from vedette.media.fmp4.segment import Finalised
from vedette.recordings import ledger
from vedette.recordings.model import Closing, NewSegment, Segment, SegmentState
from vedette.recordings.packing import pack
from vedette.recordings.tables import RunRow

# What a file cannot know of its run.
UNKNOWN_ENGINE = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A file of a volume. `path` is relative to it."""

    volume_id: int
    root: Path
    path: str

    @property
    def absolute(self) -> Path:
        """Where it is."""
        return self.root / self.path


def duration_ms(done: Finalised) -> int:
    """How long the footage in a file is, by its own time line."""
    return done.duration_ticks * 1000 // done.timescale


def closing(done: Finalised, segment_id: UUID, start_ms: int, sha256: str | None) -> Closing:
    """What `close_segment` needs for a row that begins at `start_ms`."""
    return Closing(
        segment_id=segment_id,
        end_ms=start_ms + duration_ms(done),
        duration_ticks=done.duration_ticks,
        bytes=done.bytes,
        frames=done.frames,
        groups=done.index,
        sha256=sha256,
    )


def row_of(done: Finalised, stream_id: int, place: Place) -> NewSegment:
    """The row that the file says it has."""
    told = done.metadata
    return NewSegment(
        id=UUID(told.segment_id),
        stream_id=stream_id,
        volume_id=place.volume_id,
        init=done.init,
        run_id=UUID(told.run_id),
        sequence=told.sequence,
        path=place.path,
        start_ms=told.start_ms,
        end_ms=told.start_ms + duration_ms(done),
        start_ticks=done.start_ticks,
        duration_ticks=done.duration_ticks,
        bytes=done.bytes,
        frames=done.frames,
    )


async def adopt(
    session: AsyncSession, done: Finalised, stream_id: int, place: Place, sha256: str | None = None
) -> Segment | None:
    """Adds a closed row for a file, with its groups and run; None when the segment is in the index already."""
    new = row_of(done, stream_id, place)
    row = await ledger.insert_segment(session, new, state=SegmentState.CLOSED, sha256=sha256)
    if row is None:
        return None
    await ledger.store_groups(session, {row.id: pack(done.index)})
    run = {
        "id": row.run_id,
        "stream_id": stream_id,
        "node": done.metadata.node,
        "engine": UNKNOWN_ENGINE,
        "start_ms": row.start_ms,
        "end_ms": row.end_ms,
    }
    await session.execute(upsert(session, RunRow).values(run).on_conflict_do_nothing())
    return row
