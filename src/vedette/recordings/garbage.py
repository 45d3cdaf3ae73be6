"""Deleting what the index has let go of. Start-up and the worker call it until nothing is left.

A garbage row goes only after its file is gone and the directory synced. On a volume that is not there, or is another
one, rows wait: the file is still on the disk that comes back.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.recordings.tables import GarbageRow, SegmentRow
from vedette.storage.objects import ObjectVolume
from vedette.storage.volumes import marked, sync_directory

log = get_logger("recordings.garbage")

BATCH = 500


@dataclass(frozen=True, slots=True)
class Collected:
    """`bytes` counts what was unlinked by this call; `failed` are files that could not be, with the system's words."""

    files: int = 0
    bytes: int = 0
    failed: Sequence[tuple[str, str]] = ()


async def collect(
    database: Database, places: Mapping[int, Path | ObjectVolume], *, limit: int | None = None
) -> Collected:
    """Deletes the garbage of the volumes in `places` (by their keys), which the caller has identified.

    With a `limit`, at most that many files.
    """
    files = size = after = 0
    failed: list[tuple[str, str]] = []
    while limit is None or files + len(failed) < limit:
        batch = BATCH if limit is None else min(BATCH, limit - files - len(failed))
        async with database.read() as session:
            rows = await _next(session, list(places), after, batch)
            mine = await _still_named(session, rows)
        if not rows:
            break
        after = rows[-1].id
        doomed = [row for row in rows if row.id not in mine]
        complaints = await _delete(places, doomed)
        done = [row for row in doomed if row.id not in complaints]
        async with database.write() as session:
            ids = [row.id for row in done] + list(mine)
            await session.execute(delete(GarbageRow).where(GarbageRow.id.in_(ids)))
        files += len(done)
        size += sum(row.bytes for row in done)
        failed += [(row.path, complaints[row.id]) for row in doomed if row.id in complaints]
    return Collected(files, size, failed)


async def waiting(session: AsyncSession) -> dict[int, int]:
    """Bytes per volume that are still to be freed."""
    statement = select(GarbageRow.volume_id, func.sum(GarbageRow.bytes)).group_by(GarbageRow.volume_id)
    return {volume_id: int(size) for volume_id, size in await session.execute(statement)}


async def paths(session: AsyncSession, volume_id: int) -> set[str]:
    """The files of a volume that are to go: whoever looks for orphans must not take them for footage."""
    return set(await session.scalars(select(GarbageRow.path).where(GarbageRow.volume_id == volume_id)))


async def has(session: AsyncSession, volume_id: int, path: str) -> bool:
    """Whether one file is to go."""
    statement = select(GarbageRow.id).where(GarbageRow.volume_id == volume_id, GarbageRow.path == path).limit(1)
    return await session.scalar(statement) is not None


async def _next(session: AsyncSession, volume_ids: Sequence[int], after: int, limit: int) -> list[GarbageRow]:
    statement = (
        select(GarbageRow)
        .where(GarbageRow.volume_id.in_(volume_ids), GarbageRow.id > after)
        .order_by(GarbageRow.id)
        .limit(limit)
    )
    return list(await session.scalars(statement))


async def _still_named(session: AsyncSession, rows: Sequence[GarbageRow]) -> set[int]:
    """Rows whose path belongs to a segment again.

    It can happen when a process died between unlink and commit, and the clock was set back so that the same second of
    the same day was recorded once more. That file is footage.
    """
    statement = select(GarbageRow.id).join(
        SegmentRow,
        and_(
            SegmentRow.volume_id == GarbageRow.volume_id,
            # The path says the second of the start; without this the whole volume would be searched.
            SegmentRow.start_ms.between(GarbageRow.start_ms - 1000, GarbageRow.start_ms + 1000),
            SegmentRow.path == GarbageRow.path,
        ),
    )
    return set(await session.scalars(statement.where(GarbageRow.id.in_([row.id for row in rows]))))


async def _delete(places: Mapping[int, Path | ObjectVolume], rows: Sequence[GarbageRow]) -> dict[int, str]:
    """Returns what went wrong, by row. A bucket that does not answer is asked once: the others wait for the next
    time."""
    roots = {key: place for key, place in places.items() if isinstance(place, Path)}
    complaints = await asyncio.to_thread(_unlink, roots, [row for row in rows if row.volume_id in roots])
    away: dict[int, str] = {}
    for row in rows:
        place = places[row.volume_id]
        if isinstance(place, Path):
            continue
        if row.volume_id not in away:
            try:
                await place.delete(row.path)
                continue
            except VedetteError as error:
                away[row.volume_id] = error.message
        complaints[row.id] = away[row.volume_id]
    return complaints


def _unlink(places: Mapping[int, Path], rows: Sequence[GarbageRow]) -> dict[int, str]:
    """Unlinks, syncs the directories and removes those that became empty. Returns what went wrong, by row."""
    complaints: dict[int, str] = {}
    missing: dict[int, Path] = {}
    directories: dict[tuple[Path, Path], list[int]] = {}
    for row in rows:
        root, relative = places[row.volume_id], PurePosixPath(row.path)
        if relative.is_absolute() or ".." in relative.parts:
            complaints[row.id] = "its path leads out of the volume"
            continue
        path = root / relative
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            missing[row.id] = root
            continue
        except OSError as error:
            complaints[row.id] = error.strerror or str(error)
            continue
        directories.setdefault((root, path.parent), []).append(row.id)
    for (root, directory), ids in directories.items():
        try:
            sync_directory(directory)
        except FileNotFoundError:
            continue
        except OSError as error:
            complaints.update(dict.fromkeys(ids, error.strerror or str(error)))
            continue
        _remove_empty(directory, root)
    for root in {*missing.values()}:
        if not marked(root):
            away = [key for key, place in missing.items() if place == root]
            complaints.update(dict.fromkeys(away, "the volume went away"))
    return complaints


def _remove_empty(directory: Path, root: Path) -> None:
    """The directories of a day and of a camera go with their last file. A recorder makes its directory again when the
    one that it was about to write to went this way."""
    with suppress(OSError):
        while directory != root:
            directory.rmdir()
            directory = directory.parent
