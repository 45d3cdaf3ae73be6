"""`vedette reindex`: rebuilds the index from the files alone, into an empty database or the one there is.

A file tells its segment, camera, stream, run, place in the run, start, init and every frame. It can't tell how the
camera is called and reached, why there was no footage, who holds what, how healthy the stream was, and through which
engine and with which end a run went: what the database has of that stays, what it has not stays unknown. Cameras that
are not in the database come from the copies of their settings on the volumes (`recordings.restore`), and disabled where
there is none of them. Rows whose files are gone go, and leave a gap.

Of files in buckets only their two ends are read (`recordings.far`), and they get no hash.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.lost import UNKNOWN_URL
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.media.fmp4.recorded_hash import hash_file
from vedette.media.fmp4.segment import Finalised, finalise, read_head
from vedette.media.units import SegmentMetadata
from vedette.recordings import adoption, far, garbage, ledger, listing, repository, shelves
from vedette.recordings.adoption import Place
from vedette.recordings.days import day_ms
from vedette.recordings.findings import Progress
from vedette.recordings.inspection import require_ids
from vedette.recordings.mend import Mender
from vedette.recordings.model import Segment, SegmentState
from vedette.recordings.restore import Restored, restore
from vedette.storage.objects import ObjectVolume, ObjectVolumes, StoredObject
from vedette.storage.service import VolumeService
from vedette.storage.tables import VolumeKind, VolumeRow

log = get_logger("recordings.reindex")

NOTE = "Made by reindex from footage. Enter the camera's address and enable it."
# A row told of so lately is being written.
FRESH_MS = 60_000
_AT_ONCE = 4
_FAR_AT_ONCE = 8


@dataclass(slots=True)
class Reindexed:
    """What was done. `restored` are cameras from copies of their settings, `cameras` those of which only footage is
    known; `unreadable` are files of volumes that are no segments or can't be read, with the reason."""

    files: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    empty: int = 0
    restored: list[Restored] = field(default_factory=list)
    cameras: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file, finalised and hashed."""

    place: Place
    done: Finalised
    sha256: str | None


async def reindex(
    database: Database, clock: Clock, *, hashed: bool = True, buckets: ObjectVolumes | None = None
) -> AsyncIterator[Progress | Reindexed]:
    """Goes through every usable volume that has a row. Yields progress, and the result as the last thing.

    Without `hashed` files are not read whole, and new rows have no hash until the worker makes it. `buckets` opens the
    volumes that lie in some; without it those are left alone.
    """
    work = _Reindexer(database, clock, hashed=hashed, buckets=buckets)
    async for progress in work.run():
        yield progress
    yield work.result


class _Reindexer:
    def __init__(self, database: Database, clock: Clock, *, hashed: bool, buckets: ObjectVolumes | None) -> None:
        self._buckets = buckets
        self._roots: dict[int, Path] = {}  # of usable directories
        self._database = database
        self._clock = clock
        self._hashed = hashed
        self._mender = Mender(database, clock)
        self._made: set[UUID] = set()  # of which only footage is known
        self.result = Reindexed()

    async def run(self) -> AsyncIterator[Progress]:
        usable: list[VolumeRow] = []
        remote: list[VolumeRow] = []
        for volume, probe in (await VolumeService(self._database, self._clock, self._buckets).probe_all()).values():
            if probe.usable:
                (usable if volume.kind == VolumeKind.DIRECTORY else remote).append(volume)
            else:
                self.result.unreadable.append((volume.location, probe.detail))
        self.result.restored, problems = await restore(self._database, self._clock, usable)
        self.result.unreadable += problems
        self._roots = {volume.id: Path(volume.location) for volume in usable}
        for volume in usable:
            async for progress in self._volume(volume):
                yield progress
        for volume in remote if self._buckets is not None else ():
            async for progress in self._bucket(volume):
                yield progress
        # Only now: what is gone from a directory may lie in a bucket.
        for volume in usable:
            async with self._database.read() as session:
                span = await listing.volume_span(session, volume.id)
            if span is not None:
                await self._remove_gone(volume.id, Path(volume.location), *span)
        await self._mender.usage()
        log.info("index rebuilt", files=self.result.files, added=self.result.added, removed=self.result.removed)

    async def _volume(self, volume: VolumeRow) -> AsyncIterator[Progress]:
        root = Path(volume.location)
        survey = await asyncio.to_thread(shelves.survey, root)
        async with self._database.read() as session:
            doomed = await garbage.paths(session, volume.id)
        days = sorted(survey.days)
        for number, day in enumerate(days):
            segments, _ = await asyncio.to_thread(shelves.files, root, survey.days[day])
            places = [Place(volume.id, root, path) for path in segments if path not in doomed]
            await self._day(places)
            yield Progress(number + 1, len(days), f"{volume.name} {day}")

    async def _bucket(self, volume: VolumeRow) -> AsyncIterator[Progress]:
        """A storage that stops answering ends it with a word; no row goes then."""
        assert self._buckets is not None
        async with self._database.read() as session:
            doomed = await garbage.paths(session, volume.id)
        seen: set[str] = set()
        try:
            bucket = await self._buckets.of(volume.id)
            async for batch in bucket.walk():
                objects = [one for one in batch if one.path.endswith(".mp4") and one.path not in doomed]
                for start in range(0, len(objects), _FAR_AT_ONCE):
                    some = objects[start : start + _FAR_AT_ONCE]
                    read = await asyncio.gather(*(self._read_far(volume, bucket, one) for one in some))
                    for item in filter(None, read):
                        await self._store(item)
                seen.update(one.path for one in objects)
                yield Progress(len(seen), len(seen), f"{volume.name} {batch[-1].path if batch else ''}")
            await self._remove_gone_far(volume.id, bucket, seen)
        except VedetteError as error:
            self.result.unreadable.append((volume.location, error.message))

    async def _read_far(self, volume: VolumeRow, bucket: ObjectVolume, one: StoredObject) -> _Read | None:
        try:
            done = await far.read(bucket, one)
        except (ValueError, OSError) as error:
            self.result.unreadable.append((f"{volume.location}/{one.path}", str(error)))
            return None
        if done.empty:
            self.result.empty += 1
            return None
        return _Read(Place(volume.id, Path("/"), one.path), done, None)

    async def _lies_elsewhere(self, row: Segment, place: Place) -> bool:
        """Whether a row's file is where the row says, and `place` is a copy of it: of a move that was cut short."""
        root = self._roots.get(row.volume_id)
        if root is None or row.volume_id == place.volume_id:
            return False
        return await asyncio.to_thread((root / row.path).exists)

    async def _remove_gone_far(self, volume_id: int, bucket: ObjectVolume, seen: set[str]) -> None:
        async with self._database.read() as session:
            span = await listing.volume_span(session, volume_id)
        if span is None:
            return
        for start_ms in range(span[0] - span[0] % ledger.DAY_MS, span[1] + 1, ledger.DAY_MS):
            async with self._database.read() as session:
                rows = await listing.rows_of_day(session, volume_id, *day_ms(start_ms))
            for expected in rows:
                if expected.row.path not in seen and await bucket.size(expected.row.path) is None:
                    self.result.removed += await self._mender.forget(expected.row)

    async def _day(self, places: Sequence[Place]) -> None:
        writing = await self._writing()
        for start in range(0, len(places), _AT_ONCE):
            batch = [place for place in places[start : start + _AT_ONCE] if place.path not in writing]
            read = await asyncio.gather(*(self._read(place) for place in batch))
            for item in filter(None, read):
                await self._store(item)

    async def _writing(self) -> set[str]:
        """Files that a recorder is writing now."""
        fresh_ms = self._clock.now_ms() - FRESH_MS
        async with self._database.read() as session:
            return {row.path for row in await repository.open_segments(session) if row.end_ms > fresh_ms}

    async def _read(self, place: Place) -> _Read | None:
        try:
            require_ids(await asyncio.to_thread(read_head, place.absolute))
            done = await asyncio.to_thread(finalise, place.absolute)
            if done.empty:
                self.result.empty += 1
                return None
            sha256 = await asyncio.to_thread(hash_file, place.absolute) if self._hashed else None
        except (ValueError, OSError) as error:
            self.result.unreadable.append((str(place.absolute), str(error)))
            return None
        return _Read(place, done, sha256)

    async def _store(self, read: _Read) -> None:
        self.result.files += 1
        told = read.done.metadata
        async with self._database.write() as session:
            stream_id = await self._stream(session, told)
            row = await repository.get(session, UUID(told.segment_id))
            if row is None:
                await adoption.adopt(session, read.done, stream_id, read.place, read.sha256)
                await ledger.widen_run(session, UUID(told.run_id), adoption.UNKNOWN_ENGINE, read.done.metadata.start_ms)
                self.result.added += 1
            elif await self._lies_elsewhere(row, read.place):
                return
            elif await self._mender.take_over(session, row, read.done, read.place, stream_id):
                self.result.changed += 1

    async def _stream(self, session: AsyncSession, told: SegmentMetadata) -> int:
        """The stream of a file, made with its camera when it is not known."""
        camera_id = UUID(told.camera_id)
        known = await repository.streams(session, camera_ids=[camera_id], kind=told.stream)
        if known:
            return next(iter(known))
        if await session.get(CameraRow, camera_id) is None:
            slug = await self._free_slug(session, told.camera_slug)
            now_ms = self._clock.now_ms()
            session.add(
                CameraRow(
                    id=camera_id,
                    slug=slug,
                    name=slug,
                    enabled=False,
                    notes=NOTE,
                    created_ms=min(told.start_ms, now_ms),
                    updated_ms=now_ms,
                )
            )
            await session.flush()
            self.result.cameras.append(slug)
            self._made.add(camera_id)
        stream = StreamRow(camera_id=camera_id, kind=told.stream, url=UNKNOWN_URL)
        if camera_id not in self._made and told.stream == "sub":
            stream.removed_ms = self._clock.now_ms()  # the camera is known, and has none any more
        session.add(stream)
        await session.flush()
        return stream.id

    async def _free_slug(self, session: AsyncSession, slug: str) -> str:
        taken = await repository.slugs(session)
        candidate, number = slug, 2
        while candidate in taken:
            candidate, number = f"{slug}-{number}", number + 1
        return candidate

    async def _remove_gone(self, volume_id: int, root: Path, first_ms: int, last_ms: int) -> None:
        """Rows of a volume whose files are not there."""
        for start_ms in range(first_ms - first_ms % ledger.DAY_MS, last_ms + 1, ledger.DAY_MS):
            async with self._database.read() as session:
                rows = await listing.rows_of_day(session, volume_id, *day_ms(start_ms))
            for expected in rows:
                row = expected.row
                if row.state != SegmentState.OPEN and not await asyncio.to_thread((root / row.path).exists):
                    self.result.removed += await self._mender.forget(row)
