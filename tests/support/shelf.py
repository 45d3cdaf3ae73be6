"""Real segment files under the names that recorders give them, with or without rows, some as a crash leaves them."""

import hashlib
import itertools
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tests.support.footage import T0, camera_of
from tests.support.library import Clip
from vedette.core.clock import ManualClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.media.fmp4.segment import Finalised, finalise, head_bytes
from vedette.media.units import Part, SegmentMetadata
from vedette.recorder.segment_file import relative_path
from vedette.recordings import repository
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, NewSegment, Progress
from vedette.storage.service import VolumeService


@dataclass
class File:
    """A file while it is written. `parts` are what went in so far."""

    new: NewSegment
    path: Path
    timescale: int
    parts: list[Part] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return self.new.id

    def write(self, part: Part, *, torn: bool = False) -> None:
        """Appends a part, or half of it."""
        with self.path.open("ab") as opened:
            opened.write(part.data[: len(part.data) // 2] if torn else part.data)
        if not torn:
            self.parts.append(part)

    @property
    def end_ms(self) -> int:
        return self.new.start_ms + sum(part.duration_ticks for part in self.parts) * 1000 // self.timescale

    @property
    def sha256(self) -> str:
        """Of the file as it is; before it is finalised that is the hash of what was recorded."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


class Shelf:
    """One volume with files of one run after another, written as a recorder does."""

    def __init__(self, database: Database, root: Path, volume_id: int) -> None:
        self.database = database
        self.root = root
        self.volume_id = volume_id
        self.clock = ManualClock(T0)
        self.committer = SegmentCommitter(database, self.clock, "node-1")

    @staticmethod
    async def make(database: Database, root: Path) -> "Shelf":
        row = await VolumeService(database, ManualClock(T0)).ensure_default(root)
        return Shelf(database, Path(row.location), row.id)

    async def begin(
        self, stream_id: int, start_ms: int, clip: Clip, *, at: int = 0, run_id: UUID | None = None, sequence: int = 0
    ) -> File:
        """Makes a file with its head and the part number `at` of the clip; no row."""
        async with self.database.read() as session:
            (place,) = await repository.stream_places(session, [stream_id])
        first = clip.parts[at]
        names = (relative_path(place.slug, place.kind, start_ms, attempt) for attempt in itertools.count(1))
        name = next(name for name in names if not (self.root / name).exists())
        new = NewSegment(
            id=uuid7(start_ms),
            stream_id=stream_id,
            volume_id=self.volume_id,
            init=clip.init,
            run_id=run_id or uuid7(start_ms),
            sequence=sequence,
            path=name,
            start_ms=start_ms,
            end_ms=start_ms + first.duration_ticks * 1000 // clip.timescale,
            start_ticks=first.dts_ticks,
            duration_ticks=first.duration_ticks,
            bytes=0,
            frames=first.samples,
        )
        metadata = SegmentMetadata(
            segment_id=str(new.id),
            camera_id=str(await camera_of(self.database, stream_id)),
            camera_slug=place.slug,
            stream=place.kind,
            run_id=str(new.run_id),
            sequence=sequence,
            start_ms=start_ms,
            start_ticks=new.start_ticks,
            node="node-1",
        )
        path = self.root / new.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(head_bytes(clip.init, metadata))
        file = File(new, path, clip.timescale)
        file.write(first)
        return file

    async def open(self, file: File) -> None:
        """Tells the index of a file and its run."""
        await self.committer.run_started(file.new.run_id, file.new.stream_id, "native", file.new.start_ms)
        await self.committer.opened(file.new)

    async def progress(self, file: File) -> None:
        """Tells the index how far a file is."""
        ticks = sum(part.duration_ticks for part in file.parts)
        frames = sum(part.samples for part in file.parts)
        size = file.path.stat().st_size
        await self.committer.progressed([Progress(file.id, file.end_ms, ticks, size, frames)])

    async def close(self, file: File) -> Finalised:
        """Finalises and commits a file."""
        sha256 = file.sha256
        done = finalise(file.path)
        ended = Closing(file.id, file.end_ms, done.duration_ticks, done.bytes, done.frames, done.index, sha256)
        await self.committer.closed(ended)
        return done

    async def record(self, stream_id: int, start_ms: int, clip: Clip, *, files: int = 1) -> list[File]:
        """A whole run: `files` closed files that follow each other, then the run's end."""
        run_id = uuid7(start_ms)
        made: list[File] = []
        for at, part in enumerate(clip.parts):
            if part.key and len(made) * len(clip.parts) <= at * files and len(made) < files:
                begins = start_ms + part.dts_ticks * 1000 // clip.timescale
                made.append(await self.begin(stream_id, begins, clip, at=at, run_id=run_id, sequence=len(made)))
            else:
                made[-1].write(part)
        for file in made:
            await self.open(file)
            await self.close(file)
        await self.committer.run_ended(run_id, made[-1].end_ms, "stopped", "")
        return made
