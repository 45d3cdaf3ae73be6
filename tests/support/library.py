"""Real footage for tests: encoded video written into segment files on a volume, and its rows in the index."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import UUID

from tests.media.encode import encode_audio, encode_video
from tests.media.files import interleave, make_parts
from tests.support.footage import T0
from vedette.core.clock import ManualClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.segment import finalise, head_bytes
from vedette.media.fmp4.tables import SegmentTables
from vedette.media.units import Codec, Init, Part, SegmentMetadata, Tracks
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, NewSegment, Progress
from vedette.storage import volumes
from vedette.storage.tables import VolumeRow

FPS = 25


@dataclass(frozen=True)
class Clip:
    """Parts of one run with a key frame every second, and their init."""

    init: Init
    parts: list[Part]

    @property
    def timescale(self) -> int:
        assert self.init.tracks.video is not None
        return self.init.tracks.video.timescale


@cache
def clip(
    seconds: float = 6.0, *, width: int = 320, height: int = 180, sound: bool = False, numbered: bool = False
) -> Clip:
    """Video of 25 frames per second, with AAC and with burned-in frame numbers if wanted."""
    video = encode_video(seconds=seconds, fps=FPS, gop=FPS, width=width, height=height, numbered=numbered)
    audio = encode_audio(Codec.AAC, seconds=seconds) if sound else None
    tracks = Tracks(video.config, audio.config if audio else None)
    return Clip(build_init(tracks), make_parts(tracks, interleave(video, audio)))


@dataclass
class RecordedFile:
    """One file of the library. `parts` are (offset, part); `content` is what is on the disk now."""

    id: UUID
    run_id: UUID
    path: Path
    start_ms: int
    end_ms: int
    tables: SegmentTables
    parts: list[tuple[int, Part]] = field(default_factory=list)

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()


class Library:
    """A volume with footage of one stream after another."""

    def __init__(self, database: Database, root: Path, volume_id: int) -> None:
        self.root = root
        self.volume_id = volume_id
        self._database = database
        self._committer = SegmentCommitter(database, ManualClock(), "node-1")

    @staticmethod
    async def make(database: Database, root: Path, name: str = "footage") -> "Library":
        identity = volumes.create(root, name, T0)
        async with database.write() as session:
            row = VolumeRow(marker=identity.marker, name=name, location=str(root), state_since_ms=T0, created_ms=T0)
            session.add(row)
            await session.flush()
            return Library(database, root, row.id)

    async def record(
        self, stream_id: int, start_ms: int, clip: Clip, *, file_s: float = 2.0, open_last: bool = False
    ) -> list[RecordedFile]:
        """One run, cut into files of `file_s` at key frames; the last stays open if wanted."""
        run_id = uuid7(start_ms)
        files = list(self._write(stream_id, run_id, start_ms, clip, file_s))
        await self._committer.run_started(run_id, stream_id, "native", start_ms)
        for number, file in enumerate(files):
            await self._committer.opened(self._row(stream_id, file, clip, number))
            if open_last and file is files[-1]:
                continue
            await self.close(file)
        return files

    async def close(self, file: RecordedFile) -> None:
        """Finalises a file and commits it."""
        sha256 = hashlib.sha256(file.content).hexdigest()
        done = finalise(file.path)
        await self._committer.closed(
            Closing(file.id, file.end_ms, done.duration_ticks, done.bytes, done.frames, done.index, sha256)
        )

    async def progress(self, file: RecordedFile, *, groups: bool) -> None:
        """What a recorder tells of an open file every few seconds."""
        tables = file.tables
        index = tables.index if groups else None
        told = Progress(file.id, file.end_ms, tables.duration_ticks, tables.media_end, tables.frames, index)
        await self._committer.progressed([told])

    def _write(self, stream_id: int, run_id: UUID, start_ms: int, clip: Clip, file_s: float) -> list[RecordedFile]:
        files: list[RecordedFile] = []
        for part in clip.parts:
            at_ms = start_ms + part.dts_ticks * 1000 // clip.timescale
            if not files or (part.key and at_ms - files[-1].start_ms >= file_s * 1000):
                files.append(self._begin(stream_id, run_id, at_ms, part.dts_ticks, len(files), clip))
            file = files[-1]
            with file.path.open("ab") as opened:
                offset = opened.tell()
                opened.write(part.data)
            file.tables.add(offset, part.data)
            file.parts.append((offset, part))
            file.end_ms = start_ms + (part.dts_ticks + part.duration_ticks) * 1000 // clip.timescale
        return files

    def _begin(
        self, stream_id: int, run_id: UUID, start_ms: int, start_ticks: int, number: int, clip: Clip
    ) -> RecordedFile:
        segment_id = uuid7(start_ms)
        path = self.root / f"stream-{stream_id}" / f"{start_ms}.mp4"
        path.parent.mkdir(exist_ok=True)
        metadata = SegmentMetadata(
            str(segment_id), str(UUID(int=1)), "camera", "main", str(run_id), number, start_ms, start_ticks, "node-1"
        )
        head = head_bytes(clip.init, metadata)
        path.write_bytes(head)
        return RecordedFile(segment_id, run_id, path, start_ms, start_ms, SegmentTables(clip.init.tracks, len(head)))

    def _row(self, stream_id: int, file: RecordedFile, clip: Clip, number: int) -> NewSegment:
        _, first = file.parts[0]
        return NewSegment(
            id=file.id,
            stream_id=stream_id,
            volume_id=self.volume_id,
            init=clip.init,
            run_id=file.run_id,
            sequence=number,
            path=str(file.path.relative_to(self.root)),
            start_ms=file.start_ms,
            end_ms=file.start_ms + first.duration_ticks * 1000 // clip.timescale,
            start_ticks=first.dts_ticks,
            duration_ticks=first.duration_ticks,
            bytes=file.path.stat().st_size,
            frames=first.samples,
        )
