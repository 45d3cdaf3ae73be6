"""A day of footage without waiting a day: one real segment file, made by the product's own writer out of a simulated
camera's clip, stands in the index once for every quarter of an hour.

The files are hard links to the same bytes, so a day of 1080p takes 450 MB of disk instead of 43 GB. Whoever measures
reading must drop it from the page cache.
"""

import heapq
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from benchmarks.cameras import CLIPS
from benchmarks.installation import Installation
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.clock import SystemClock
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.media.codecs.video import with_dimensions
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.parts import PartWriter
from vedette.media.fmp4.segment import Finalised, finalise, head_bytes
from vedette.media.simulator import catalogue, clips, sound
from vedette.media.simulator.clips import Clip
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.nals import nal_units
from vedette.media.simulator.sound import Sound
from vedette.media.units import AUDIO, VIDEO, AudioConfig, Codec, SegmentMetadata, TimedUnit, Tracks, VideoConfig
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import Closing, NewSegment
from vedette.storage.tables import VolumeRow

SEGMENT_MS = 900_000
TICKS_PER_MS = 90


def make_segment(path: Path, kind_name: str = "bench", slug: str = "cam-1") -> Finalised:
    """A finalised file of a quarter of an hour of a simulated camera that begins with picture number 0."""
    camera, kind = catalogue.find(slug), catalogue.KINDS[kind_name]
    assert camera
    clip = clips.obtain(camera.clip(kind), CLIPS)
    heard = sound.make(*kind.audio) if kind.audio else None
    tracks = Tracks(_video_config(clip), _audio_config(heard) if heard else None)
    init, writer = build_init(tracks), PartWriter(tracks)
    name = str(UUID(int=1))
    with path.open("wb") as file:
        file.write(head_bytes(init, SegmentMetadata(name, name, slug, "main", name, 0, 0, 0, "node-1")))
        for unit in _units(clip, heard):
            part = writer.push(unit)
            if part:
                file.write(part.data)
        last = writer.flush()
        if last:
            file.write(last.data)
    return finalise(path)


def number_at(offset_ms: int, frame_ms: int) -> int:
    """The picture that is shown so long after the start of a file of `make_segment`."""
    return offset_ms % LOOP_MS // frame_ms


async def fill(installation: Installation, start_ms: int, hours: float, kind_name: str = "bench") -> Path:
    """Footage for the main stream of every camera from `start_ms` on. Returns the file that all names stand for."""
    volume = installation.settings.default_volume
    original = volume / "original.mp4"
    made = make_segment(original, kind_name)
    database = Database(installation.settings.sqlalchemy_url)
    committer = SegmentCommitter(database, SystemClock(), "node-1")
    try:
        async with database.read() as session:
            volume_id = (await session.scalars(select(VolumeRow.id))).one()
            query = select(StreamRow.id, CameraRow.slug).join(CameraRow).where(StreamRow.kind == "main")
            streams = (await session.execute(query)).all()
        for stream_id, slug in streams:
            (volume / slug).mkdir()
            for index in range(round(hours * 3_600_000 / SEGMENT_MS)):
                path = volume / slug / f"{index:04}.mp4"
                os.link(original, path)
                at_ms = start_ms + index * SEGMENT_MS
                await commit(committer, made, stream_id, volume_id, path.relative_to(volume), at_ms)
    finally:
        await database.aclose()
    return original


async def commit(
    committer: SegmentCommitter, made: Finalised, stream_id: int, volume_id: int, path: Path, start_ms: int
) -> None:
    """Says in the index that the made file, under the name `path` in its volume, was recorded at `start_ms`."""
    run_id, segment_id = uuid7(start_ms), uuid7(start_ms)
    end_ms = start_ms + made.duration_ticks // TICKS_PER_MS
    await committer.run_started(run_id, stream_id, "native", start_ms)
    await committer.opened(
        NewSegment(
            id=segment_id,
            stream_id=stream_id,
            volume_id=volume_id,
            init=made.init,
            run_id=run_id,
            sequence=0,
            path=str(path),
            start_ms=start_ms,
            end_ms=end_ms,
            start_ticks=made.start_ticks,
            duration_ticks=made.duration_ticks,
            bytes=made.bytes,
            frames=made.frames,
        )
    )
    await committer.closed(Closing(segment_id, end_ms, made.duration_ticks, made.bytes, made.frames, made.index, None))
    await committer.run_ended(run_id, end_ms, "stopped")


def _units(clip: Clip, heard: Sound | None) -> Iterator[TimedUnit]:
    """Both tracks of a quarter of an hour in the order of their time."""
    pictures = _pictures(clip)
    if heard is None:
        yield from (unit for _, unit in pictures)
        return
    yield from (unit for _, unit in heapq.merge(pictures, _sounds(heard), key=lambda timed: timed[0]))


def _pictures(clip: Clip) -> Iterator[tuple[float, TimedUnit]]:
    frame_ticks = clip.spec.frame_ms * TICKS_PER_MS
    samples = [b"".join(len(unit).to_bytes(4, "big") + unit for unit in nal_units(frame.data)) for frame in clip.frames]
    for number in range(SEGMENT_MS // clip.spec.frame_ms):
        index = number % len(samples)
        sample, ticks = samples[index], number * frame_ticks
        yield ticks / 90_000, TimedUnit(VIDEO, ticks, ticks, clip.frames[index].key, [sample], len(sample))


def _sounds(heard: Sound) -> Iterator[tuple[float, TimedUnit]]:
    for number in range(SEGMENT_MS * heard.sample_rate // 1000 // heard.samples_per_frame):
        frame, ticks = heard.frames[number % len(heard.frames)], number * heard.samples_per_frame
        yield ticks / heard.sample_rate, TimedUnit(AUDIO, ticks, ticks, True, [frame], len(frame))


def _video_config(clip: Clip) -> VideoConfig:
    units = nal_units(clip.frames[0].data)
    sps = tuple(unit for unit in units if unit[0] & 31 == 7)
    pps = tuple(unit for unit in units if unit[0] & 31 == 8)
    return with_dimensions(VideoConfig(Codec.H264, sps, pps))


def _audio_config(heard: Sound) -> AudioConfig:
    return AudioConfig(Codec(heard.codec), heard.sample_rate, 1, heard.extradata)
