"""`vedette check` of a volume in a bucket: rows and objects, directory by directory, with what a listing tells of them.

With `verify` every object is fetched into a temporary file, one at a time, and looked at as a file of a directory is.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path
from uuid import UUID

from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.words import sentences
from vedette.db.session import Database
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.segment import finalise, read_head
from vedette.recordings import adoption, garbage, listing, repository
from vedette.recordings.adoption import Place
from vedette.recordings.findings import Code, Finding
from vedette.recordings.inspection import Expected, compare, look, require_ids
from vedette.recordings.mend import Mender
from vedette.recordings.moving import repository as moving
from vedette.storage.objects import ObjectVolume, StoredObject
from vedette.storage.tables import VolumeRow

# An object this fresh may be about to get its row.
FRESH_MS = 60_000
_PIECE = 8 << 20


class BucketChecker:
    """One volume. `found` counts the objects that were looked at."""

    def __init__(
        self, database: Database, clock: Clock, volume: VolumeRow, bucket: ObjectVolume, *, repair: bool, verify: bool
    ) -> None:
        self._database = database
        self._clock = clock
        self._volume = volume
        self._bucket = bucket
        self._repair = repair
        self._verify = verify
        self._mender = Mender(database, clock)

    async def run(self) -> AsyncIterator[Finding]:
        """Yields what disagrees. A storage that stops answering ends it with a finding."""
        try:
            seen: set[str] = set()
            async for batch in self._bucket.walk():
                for directory, objects in groupby(batch, key=lambda one: one.path.rpartition("/")[0]):
                    async for finding in self._directory(directory, list(objects)):
                        yield finding
                    seen.add(directory)
            async for finding in self._missing():
                yield finding
        except VedetteError as error:
            yield Finding(Code.VOLUME, self._volume.name, sentences(error.message))

    async def _directory(self, directory: str, objects: Sequence[StoredObject]) -> AsyncIterator[Finding]:
        async with self._database.read() as session:
            paths = [one.path for one in objects]
            rows = {one.row.path: one for one in await listing.rows_at(session, self._volume.id, paths)}
        for one in objects:
            expected = rows.get(one.path)
            if expected is None:
                finding = await self._orphan(one)
                if finding is not None:
                    yield finding
            elif one.bytes != expected.row.bytes:
                words = f"The object has {one.bytes} bytes, the row says {expected.row.bytes}."
                yield await self._damaged(Finding(Code.UNREADABLE, self._name(one.path), words), expected)
            elif self._verify:
                async for finding in self._whole(one.path, expected):
                    yield finding

    async def _whole(self, path: str, expected: Expected) -> AsyncIterator[Finding]:
        async with fetched(self._bucket, path, expected.row.bytes) as file:
            facts = await asyncio.to_thread(look, file, thorough=True)
        if facts is not None:
            for code, words in compare(expected, facts):
                yield await self._damaged(Finding(code, self._name(path), words), expected)

    async def _damaged(self, finding: Finding, expected: Expected) -> Finding:
        """An object can't be mended in place: the recording is marked, and what is left of it plays."""
        if self._repair and await self._mender.mark_damaged(expected.row):
            return finding.mended()
        return finding

    async def _orphan(self, one: StoredObject) -> Finding | None:
        if self._clock.now_ms() - one.modified_ms < FRESH_MS:
            return None
        async with self._database.read() as session:
            doomed = await garbage.has(session, self._volume.id, one.path)
            copied = await moving.is_copy(session, self._volume.id, one.path)
            now = await listing.rows_at(session, self._volume.id, [one.path])
        if doomed or copied or now:
            return None
        if not one.path.endswith(".mp4"):
            return Finding(Code.FOREIGN, self._name(one.path), "Vedette does not put this here.")
        finding = Finding(Code.ORPHAN, self._name(one.path), "Footage in the bucket without a row in the index.")
        return finding.mended() if self._repair and await self._adopted(one) else finding

    async def _adopted(self, one: StoredObject) -> bool:
        try:
            async with fetched(self._bucket, one.path, one.bytes) as file:
                head = await asyncio.to_thread(read_head, file)
                require_ids(head)
                async with self._database.read() as session:
                    if await repository.get(session, UUID(head.metadata.segment_id)) is not None:
                        return False  # a copy of a recording that lies elsewhere
                    camera = UUID(head.metadata.camera_id)
                    streams = await repository.streams(session, camera_ids=[camera], kind=head.metadata.stream)
                if not streams:
                    return False
                done = await asyncio.to_thread(finalise, file)
        except (BadMedia, ValueError, OSError):
            return False
        place = Place(self._volume.id, Path("/"), one.path)
        async with self._database.write() as session:
            return await adoption.adopt(session, done, next(iter(streams)), place) is not None

    async def _missing(self) -> AsyncIterator[Finding]:
        """Rows whose objects are not there: asked one by one only where the listing of their directory lacks them."""
        async with self._database.read() as session:
            span = await listing.volume_span(session, self._volume.id)
        if span is None:
            return
        day_ms = 86_400_000
        for start_ms in range(span[0] - span[0] % day_ms, span[1] + 1, day_ms):
            async with self._database.read() as session:
                rows = await listing.rows_of_day(session, self._volume.id, start_ms, start_ms + day_ms)
            for directory in sorted({expected.row.path.rpartition("/")[0] for expected in rows}):
                there = {one.path async for batch in self._bucket.walk(directory) for one in batch}
                for expected in rows:
                    row = expected.row
                    if row.path.rpartition("/")[0] == directory and row.path not in there:
                        finding = await self._gone(expected)
                        if finding is not None:
                            yield finding

    async def _gone(self, expected: Expected) -> Finding | None:
        row = expected.row
        async with self._database.read() as session:
            now = await repository.get(session, row.id)
        if now is None or (now.volume_id, now.path) != (row.volume_id, row.path):
            return None
        if await self._bucket.size(row.path) is not None:
            return None
        words = "The index has a row for this object, and the object is not there."
        finding = Finding(Code.MISSING, self._name(row.path), words)
        return finding.mended() if self._repair and await self._mender.forget(row) else finding

    def _name(self, path: str) -> str:
        return f"{self._volume.location}/{path}"


@asynccontextmanager
async def fetched(bucket: ObjectVolume, path: str, size: int) -> AsyncIterator[Path]:
    """An object as a temporary file. Raises VedetteError, FileNotFoundError, OSError (no room for it)."""
    with tempfile.TemporaryDirectory(prefix="vedette-check-") as directory:
        file = Path(directory) / "object.mp4"
        with file.open("wb") as opened:
            for offset in range(0, size, _PIECE):
                data = await bucket.read(path, offset, min(offset + _PIECE, size))
                await asyncio.to_thread(opened.write, data)
        yield file
