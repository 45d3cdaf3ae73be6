"""Segment files made of encoded media, and ffprobe as their judge."""

import json
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.media.encode import EncodedAudio, EncodedVideo
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.parts import PartWriter
from vedette.media.fmp4.segment import head_bytes
from vedette.media.fmp4.tables import SegmentTables
from vedette.media.units import Init, Part, SegmentMetadata, TimedUnit, Tracks

METADATA = SegmentMetadata(
    segment_id="01936b5e-0000-7000-8000-000000000001",
    camera_id="01936b5e-0000-7000-8000-00000000000a",
    camera_slug="front-door",
    stream="main",
    run_id="01936b5e-0000-7000-8000-0000000000ff",
    sequence=3,
    start_ms=1_795_262_400_123,
    start_ticks=0,
    node="nvr-1",
)


@dataclass
class Written:
    """A file as a recorder leaves it before finalising."""

    path: Path
    init: Init
    parts: list[Part]
    offsets: list[int]
    tables: SegmentTables
    length: int


def interleave(video: EncodedVideo | None, audio: EncodedAudio | None) -> list[TimedUnit]:
    """Units of both tracks in the order of their time, as a camera sends them."""
    timed: list[tuple[float, int, TimedUnit]] = []
    if video:
        timed += [(unit.dts_ticks / video.config.timescale, 0, unit) for unit in video.units]
    if audio:
        timed += [(unit.dts_ticks / audio.config.timescale, 1, unit) for unit in audio.units]
    return [unit for _, _, unit in sorted(timed, key=lambda entry: entry[:2])]


def make_parts(tracks: Tracks, units: list[TimedUnit], part_ms: int = 500) -> list[Part]:
    writer = PartWriter(tracks, part_ms)
    parts = [part for unit in units if (part := writer.push(unit))]
    last = writer.flush()
    return parts + ([last] if last else [])


def write_segment(
    path: Path, video: EncodedVideo | None, audio: EncodedAudio | None = None, *, units: list[TimedUnit] | None = None
) -> Written:
    tracks = Tracks(video.config if video else None, audio.config if audio else None)
    init = build_init(tracks)
    parts = make_parts(tracks, interleave(video, audio) if units is None else units)
    data = bytearray(head_bytes(init, replace(METADATA, start_ticks=parts[0].dts_ticks if parts else 0)))
    tables = SegmentTables(init.tracks, len(data))
    offsets = []
    for part in parts:
        offsets.append(len(data))
        tables.add(len(data), part.data)
        data += part.data
    path.write_bytes(data)
    return Written(path, init, parts, offsets, tables, len(data))


def later_in_the_run(unit: TimedUnit, timescale: int, seconds: int) -> TimedUnit:
    """The unit as it is when its run has lasted for `seconds` already."""
    by = seconds * timescale
    return TimedUnit(unit.track, unit.dts_ticks + by, unit.pts_ticks + by, unit.key, unit.chunks, unit.size)


def ffprobe(path: Path) -> dict[str, Any]:
    """Streams, format and packets as ffprobe sees them."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-show_packets", "-of", "json", str(path)]
    result = subprocess.run(command, capture_output=True, check=True, text=True)
    assert result.stderr == ""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def packets(probe: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [packet for packet in probe["packets"] if packet["codec_type"] == kind]


def stream(probe: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(stream for stream in probe["streams"] if stream["codec_type"] == kind)
    return found


def decode_errors(path: Path) -> str:
    """What ffmpeg complains of while it decodes everything."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "null", "-"]
    result = subprocess.run(command, capture_output=True, check=False, text=True)
    return result.stderr
