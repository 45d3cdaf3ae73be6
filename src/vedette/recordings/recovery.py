"""What a recorder does before it records: it finishes what its predecessor could not.

Files that were being written are repaired and closed with their true end, files without a row get one, garbage is
unlinked, runs are ended, and the time until footage comes again is a gap that says why. Everything may be repeated, and
whatever fails (a disk that is not there) is left for the next time.
"""

import asyncio
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.segment import Finalised, Head, finalise, read_head
from vedette.media.units import EndReason
from vedette.recordings import adoption, garbage, ledger, repository
from vedette.recordings.adoption import Place
from vedette.recordings.commit import close_segment
from vedette.recordings.days import DAY_MS, day_ms
from vedette.recordings.model import Gap, GapCause, Segment, SegmentState
from vedette.recordings.repository import StreamPlace
from vedette.recordings.tables import GarbageRow, SegmentRow
from vedette.storage import volumes

log = get_logger("recordings.recovery")

KILLED = "The recorder was killed, or the machine went down."
# Repairing reads headers all over a file: a spinning disk gains nothing from more at once.
_AT_ONCE = 4


@dataclass(slots=True)
class Recovered:
    """What was done. `left` are files that could not be mended now, with the reason."""

    closed: int = 0
    empty: int = 0
    lost: int = 0
    adopted: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)


async def recover(
    database: Database,
    clock: Clock,
    stream_ids: Collection[int],
    places: Mapping[int, Path],
    *,
    writing: Collection[UUID] = (),
) -> Recovered:
    """Mends the streams in `stream_ids`, which the caller alone records, on the volumes in `places`, which are usable.

    At the start of a recorder nothing is being written. Later, as when a disk came back, `writing` names the segments
    that are; orphans are not looked for then, since a file is without its row until its first part.
    """
    found = Recovered()
    await garbage.collect(database, places)
    async with database.read() as session:
        rows = await repository.open_segments(session, stream_ids)
        streams = await repository.stream_places(session, stream_ids)
    limit = asyncio.Semaphore(_AT_ONCE)
    dead = [row for row in rows if row.id not in writing]
    await asyncio.gather(*(_mend(database, clock, row, places, found, limit) for row in dead))
    if not writing:
        for stream in streams:
            await _adopt_orphans(database, clock, stream, places, found)
    for stream in streams:
        await _account(database, clock, stream.id, writing)
    if dead or found.adopted:
        log.info(
            "recordings mended after a stop",
            closed=found.closed,
            empty=found.empty,
            lost=found.lost,
            adopted=found.adopted,
            left=len(found.left),
        )
    return found


async def _mend(
    database: Database,
    clock: Clock,
    row: Segment,
    places: Mapping[int, Path],
    found: Recovered,
    limit: asyncio.Semaphore,
) -> None:
    """Closes one open row as its file is."""
    root = places.get(row.volume_id)
    if root is None:
        found.left.append((row.path, "its volume is not usable now"))
        return
    async with limit:
        try:
            done = await asyncio.to_thread(finalise, root / row.path)
        except FileNotFoundError:
            if not volumes.marked(root):
                found.left.append((row.path, "its volume went away"))
                return
            done = None
        except (BadMedia, OSError) as error:
            if isinstance(error, BadMedia):
                await _mark_damaged(database, row)
            found.left.append((row.path, str(error)))
            log.error("file could not be repaired", path=row.path, volume_id=row.volume_id, error=str(error))
            return
    async with database.write() as session:
        if done is not None and not done.empty:
            await close_segment(session, adoption.closing(done, row.id, row.start_ms, None), clock.now_ms())
            found.closed += 1
            return
        await drop(session, row, clock.now_ms(), unlink=done is not None)
    if done is None:
        found.lost += 1
        log.error("file of an open segment is gone", path=row.path, volume_id=row.volume_id)
    else:
        found.empty += 1


async def _mark_damaged(database: Database, row: Segment) -> None:
    async with database.write() as session:
        await ledger.update_segments(session, {row.id: {"state": SegmentState.DAMAGED}}, only=SegmentState.OPEN)


async def drop(session: AsyncSession, row: Segment, now_ms: int, *, unlink: bool) -> None:
    """Takes a row that has no footage out of the index, and its file to the garbage if it has one."""
    await ledger.remove_segment(session, row.id)
    if unlink:
        values = {"path": row.path, "start_ms": row.start_ms, "bytes": row.bytes, "reason": "empty"}
        session.add(GarbageRow(volume_id=row.volume_id, created_ms=now_ms, **values))
    elif row.end_ms > row.start_ms:
        gap = Gap(row.start_ms, row.end_ms, GapCause.LOST, "The file of this footage is gone.")
        await ledger.add_ended_gap(session, row.stream_id, gap, now_ms)


async def _adopt_orphans(
    database: Database, clock: Clock, stream: StreamPlace, places: Mapping[int, Path], found: Recovered
) -> None:
    """Files from the day of the newest row on that have none: the recorder died between making and telling them."""
    async with database.read() as session:
        newest = await repository.newest(session, stream.id)
        since_ms, _ = day_ms(newest.start_ms if newest else clock.now_ms() - DAY_MS)
        known = await repository.paths_since(session, stream.camera_id, since_ms)
    since = datetime.fromtimestamp(since_ms / 1000, UTC).strftime("%Y-%m-%d")
    for volume_id, root in places.items():
        for path in await asyncio.to_thread(_files_since, root / stream.slug, since):
            place = Place(volume_id, root, str(path.relative_to(root)))
            if (volume_id, place.path) in known:
                continue
            try:
                await _adopt_orphan(database, stream, place, found)
            except (ValueError, OSError) as error:
                found.left.append((place.path, str(error)))


def _files_since(directory: Path, since: str) -> list[Path]:
    try:
        days = sorted(entry.name for entry in os.scandir(directory) if entry.is_dir() and entry.name >= since)
    except FileNotFoundError:
        return []
    return [path for day in days for path in sorted((directory / day).glob("*.mp4"))]


async def _adopt_orphan(database: Database, stream: StreamPlace, place: Place, found: Recovered) -> None:
    head: Head = await asyncio.to_thread(read_head, place.absolute)
    told = head.metadata
    if (told.camera_id, told.stream) != (str(stream.camera_id), stream.kind):
        return
    async with database.read() as session:
        if await session.get(SegmentRow, UUID(told.segment_id)) is not None:
            return
        if await garbage.has(session, place.volume_id, place.path):
            return
    done: Finalised = await asyncio.to_thread(finalise, place.absolute)
    if done.empty:
        await asyncio.to_thread(place.absolute.unlink)
        found.empty += 1
        return
    async with database.write() as session:
        if await adoption.adopt(session, done, stream.id, place) is not None:
            found.adopted += 1
            log.warning("file without a row adopted", path=place.path, volume_id=place.volume_id)


async def _account(database: Database, clock: Clock, stream_id: int, writing: Collection[UUID]) -> None:
    """Ends the runs that nobody ended, and opens the gap from the end of the footage on, unless one lasts."""
    now_ms = clock.now_ms()
    async with database.write() as session:
        open_rows = await repository.open_segments(session, [stream_id])
        alive = {row.run_id for row in open_rows if row.id in writing}
        for run_id, end_ms in (await repository.unended_runs(session, stream_id)).items():
            if run_id not in alive:
                await ledger.end_run(session, run_id, end_ms, EndReason.INTERNAL, KILLED)
        if open_rows or await repository.gap_lasts(session, stream_id):
            return
        start_ms = await repository.accounted_until(session, stream_id)
        if start_ms is not None:
            # A clock that was set back must not make a gap that begins in the future.
            gap = Gap(min(start_ms, now_ms), None, GapCause.LOST, KILLED)
            await ledger.open_gap(session, stream_id, gap, now_ms)
