"""`vedette check`: every disagreement between rows and files, explained, and mended on request.

It runs beside the recorders. It goes through each volume day by day, rows and files side by side, so that its memory is
that of one day; before it says that something is missing it asks the index again, for a lot may happen meanwhile. What
it reads of a file is its head and 24 bytes; with `verify` all of it, to hash it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from vedette.core.clock import Clock
from vedette.core.words import sentences
from vedette.db.session import Database
from vedette.recordings import garbage, ledger, listing, repository, shelves
from vedette.recordings.adoption import Place
from vedette.recordings.bucket_check import BucketChecker
from vedette.recordings.days import day_ms
from vedette.recordings.findings import Code, Finding, Progress
from vedette.recordings.inspection import Disagreement, Expected, Facts, compare, look
from vedette.recordings.mend import Mender
from vedette.recordings.model import SegmentState
from vedette.storage.objects import ObjectVolumes
from vedette.storage.service import VolumeService
from vedette.storage.tables import VolumeKind, VolumeRow

# A file this fresh may be about to get its row; a row told of so lately is being written.
FRESH_MS = 60_000
# A recorder writes the head of a file at once: what has none for this long is no segment.
HEADLESS_MS = 10_000
# Garbage is unlinked within seconds.
GARBAGE_MS = 3_600_000
_AT_ONCE = 64


async def check(
    database: Database,
    clock: Clock,
    *,
    repair: bool = False,
    verify: bool = False,
    buckets: ObjectVolumes | None = None,
) -> AsyncIterator[Finding | Progress]:
    """Yields findings as they are made, and progress in between. `verify` reads every file whole. Without `buckets`
    volumes in buckets are not looked at."""
    checker = _Checker(database, clock, repair=repair, verify=verify, buckets=buckets)
    async for found in checker.run():
        yield found


@dataclass(slots=True)
class _Count:
    done: int
    total: int


class _Checker:
    def __init__(
        self, database: Database, clock: Clock, *, repair: bool, verify: bool, buckets: ObjectVolumes | None
    ) -> None:
        self._buckets = buckets
        self._database = database
        self._clock = clock
        self._repair = repair
        self._verify = verify
        self._mender = Mender(database, clock)

    async def run(self) -> AsyncIterator[Finding | Progress]:
        present = await VolumeService(self._database, self._clock, self._buckets).probe_all()
        async with self._database.read() as session:
            count = _Count(0, await listing.count_files(session))
        for row, probe in present.values():
            if not probe.usable and probe.state != "read_only":
                yield Finding(Code.VOLUME, row.name, sentences(probe.detail, probe.remedy))
                continue
            if row.kind == VolumeKind.DIRECTORY:
                async for found in self._volume(row, count):
                    yield found
            else:
                async for one in self._bucket(row, count):
                    yield one
        places = {
            key: Path(row.location)
            for key, (row, probe) in present.items()
            if probe.usable and row.kind == VolumeKind.DIRECTORY
        }
        for finding in [*await self._inits(places), *await self._overlaps(), *await self._usage()]:
            yield finding

    async def _bucket(self, volume: VolumeRow, count: _Count) -> AsyncIterator[Finding | Progress]:
        if self._buckets is None:
            yield Finding(Code.VOLUME, volume.name, "It is in a bucket, which this process does not look into.")
            return
        bucket = await self._buckets.of(volume.id)
        checker = BucketChecker(self._database, self._clock, volume, bucket, repair=self._repair, verify=self._verify)
        async for finding in checker.run():
            yield finding
        async with self._database.read() as session:
            count.done += await listing.count_files(session, volume.id)
        yield Progress(count.done, max(count.done, count.total), volume.name)

    async def _volume(self, volume: VolumeRow, count: _Count) -> AsyncIterator[Finding | Progress]:
        root = Path(volume.location)
        for finding in await self._garbage(volume.id, root):
            yield finding
        survey = await asyncio.to_thread(shelves.survey, root)
        for strange in survey.strange:
            yield Finding(Code.FOREIGN, str(root / strange), "No recorder puts this here.")
        async with self._database.read() as session:
            span = await listing.volume_span(session, volume.id)
        for day in sorted({*survey.days, *_days(*span)} if span else survey.days):
            async for finding in self._day(volume.id, root, day, survey.days.get(day, [])):
                yield finding
            async with self._database.read() as session:
                count.done += len(await listing.rows_of_day(session, volume.id, *_day_ms(day)))
            yield Progress(count.done, max(count.done, count.total), f"{volume.name} {day}")

    async def _day(self, volume_id: int, root: Path, day: str, directories: list[str]) -> AsyncIterator[Finding]:
        async with self._database.read() as session:
            rows = await listing.rows_of_day(session, volume_id, *_day_ms(day))
        for start in range(0, len(rows), _AT_ONCE):
            for finding in await self._rows(root, rows[start : start + _AT_ONCE]):
                yield finding
        segments, strange = await asyncio.to_thread(shelves.files, root, directories)
        for path in strange:
            yield Finding(Code.FOREIGN, str(root / path), "No recorder puts this here.")
        known = {expected.row.path for expected in rows}
        for path in segments:
            if path not in known:
                for finding in await self._unknown(Place(volume_id, root, path)):
                    yield finding

    async def _rows(self, root: Path, batch: Sequence[Expected]) -> list[Finding]:
        """Looks at the files of some rows, which one thread reads in turn."""
        facts = await asyncio.to_thread(
            lambda: [_safe_look(root / expected.row.path, thorough=self._verify) for expected in batch]
        )
        findings: list[Finding] = []
        for expected, seen in zip(batch, facts, strict=True):
            for code, explanation in self._judge(expected, seen):
                findings += await self._settle(code, explanation, expected, root)
        return findings

    def _judge(self, expected: Expected, seen: Facts | OSError | None) -> Iterable[Disagreement]:
        row = expected.row
        if isinstance(seen, OSError):
            return [(Code.UNREADABLE, f"The file can't be read: {seen.strerror or seen}.")]
        if row.state == SegmentState.OPEN:
            touched_ms = max(row.end_ms, seen.mtime_ms if seen else 0)
            if self._clock.now_ms() - touched_ms < FRESH_MS:
                return []
            return [(Code.OPEN, "The row says that the file is being written, and nobody writes it.")]
        if seen is None:
            return [(Code.MISSING, "The index has a row for this file, and the file is not there.")]
        return compare(expected, seen)

    async def _settle(self, code: Code, explanation: str, expected: Expected, root: Path) -> list[Finding]:
        """A finding about a row, if the row is still what it was."""
        row = expected.row
        async with self._database.read() as session:
            now = await repository.get(session, row.id)
        if now is None or (now.state, now.bytes, now.path) != (row.state, row.bytes, row.path):
            return []
        finding = Finding(code, str(root / row.path), explanation)
        if not self._repair:
            return [finding]
        if code is Code.OPEN and not (root / row.path).exists():
            code = Code.MISSING
        try:
            mended = await self._mender.row(code, expected, Place(row.volume_id, root, row.path))
        except (ValueError, OSError):
            return [finding]
        return [finding if mended is None else finding.mended(mended.lost)]

    async def _unknown(self, place: Place) -> list[Finding]:
        """A file that no row of its day names."""
        seen = await asyncio.to_thread(_safe_look, place.absolute, thorough=True)
        if seen is None:
            return []
        if isinstance(seen, Facts):
            grace_ms = FRESH_MS if seen.head is not None else HEADLESS_MS
            if self._clock.now_ms() - seen.mtime_ms < grace_ms:
                return []
        if isinstance(seen, OSError):
            why = f"The file can't be read ({seen.strerror or seen}), and no row in the index names it."
            return [Finding(Code.UNREADABLE, str(place.absolute), why)]
        if seen.head is None:
            return [Finding(Code.FOREIGN, str(place.absolute), f"It is not a segment of ours: {seen.problem}.")]
        told = seen.head.metadata
        async with self._database.read() as session:
            row = await repository.get(session, UUID(told.segment_id))
            if await garbage.has(session, place.volume_id, place.path) or (row and row.path == place.path):
                return []
        if row is not None:
            return [Finding(Code.FOREIGN, str(place.absolute), f"It is a copy of {row.path}.")]
        finding = Finding(
            Code.ORPHAN,
            str(place.absolute),
            f"Footage of {told.camera_slug} ({told.stream}) without a row in the index.",
        )
        if seen.scanned is not None and not seen.scanned.index.groups:
            finding = Finding(Code.EMPTY, str(place.absolute), "A head without any footage, and without a row.")
        mended = self._repair and await self._adopted(place)
        return [finding.mended() if mended else finding]

    async def _adopted(self, place: Place) -> bool:
        try:
            return await self._mender.orphan(place)
        except (ValueError, OSError):
            return False

    async def _garbage(self, volume_id: int, root: Path) -> list[Finding]:
        before_ms = self._clock.now_ms() - GARBAGE_MS
        async with self._database.read() as session:
            left = await listing.old_garbage(session, volume_id, before_ms)
        if not left:
            return []
        mended = self._repair and await self._mender.garbage(volume_id, root)
        findings = [
            Finding(Code.GARBAGE, str(root / path), "It was deleted, and its file is still there.") for path in left
        ]
        return [finding.mended() if mended else finding for finding in findings]

    async def _inits(self, places: dict[int, Path]) -> list[Finding]:
        async with self._database.read() as session:
            inits = await listing.inits(session)
        findings = []
        for init in inits:
            if sha256(init.data).hexdigest() == init.digest:
                continue
            finding = Finding(Code.INIT, f"init {init.id}", "Its bytes do not have the hash that names it.")
            async with self._database.read() as session:
                users = await listing.files_with_init(session, init.id)
            for row in users if self._repair else ():
                root = places.get(row.volume_id)
                if root and await self._mended_init(init.id, init.digest, Place(row.volume_id, root, row.path)):
                    finding = finding.mended()
                    break
            findings.append(finding)
        return findings

    async def _mended_init(self, init_id: int, digest: str, place: Place) -> bool:
        try:
            return await self._mender.init(init_id, digest, place)
        except (ValueError, OSError):
            return False

    async def _overlaps(self) -> list[Finding]:
        async with self._database.read() as session:
            pairs = await listing.overlaps(session)
        return [
            Finding(Code.OVERLAP, pair.path, f"It and {pair.next_path} show the same {pair.overlap_ms / 1000:.1f} s.")
            for pair in pairs
        ]

    async def _usage(self) -> list[Finding]:
        async with self._database.read() as session:
            counted = {_key(row): row for row in await ledger.counted_usage(session)}
            stored = {_key(row): row for row in await listing.usage(session)}
        wrong = sorted(key for key in counted.keys() | stored.keys() if counted.get(key) != stored.get(key))
        if not wrong:
            return []
        mended = self._repair and await self._mender.usage()
        explanation = (
            f"{len(wrong)} days have other sums than their segments;"
            f" the first is stream {wrong[0][1]}, day {wrong[0][2]}."
        )
        finding = Finding(Code.USAGE, "usage", explanation)
        return [finding.mended() if mended else finding]


def _key(row: dict[str, int]) -> tuple[int, int, int]:
    return row["volume_id"], row["stream_id"], row["day"]


def _safe_look(path: Path, *, thorough: bool) -> Facts | OSError | None:
    try:
        return look(path, thorough=thorough)
    except OSError as error:
        return error


def _days(first_ms: int, last_ms: int) -> list[str]:
    """The days from one time to another, as directories are named."""
    first = datetime.fromtimestamp(first_ms / 1000, UTC).date()
    last = datetime.fromtimestamp(last_ms / 1000, UTC).date()
    return [str(first + timedelta(days=number)) for number in range((last - first).days + 1)]


def _day_ms(day: str) -> tuple[int, int]:
    return day_ms(round(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000))
