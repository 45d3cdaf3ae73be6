"""Clips: what is drawn can be read back after coding, loops have no seam, the cache is shared and repaired."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.support.burned import breaks, number_of
from vedette.media.simulator import catalogue, clips, counter, sound
from vedette.media.simulator.clipspec import LOOP_MS, ClipSpec
from vedette.media.simulator.nals import nal_units
from vedette.media.simulator.scenes import SCENES
from vedette.media.simulator.streams import Library

TINY = ClipSpec("Test", "lobby", width=320, height=180, fps=5, gop=10, bitrate=100_000)
DECODERS = {"h264": "h264", "h265": "hevc", "mjpeg": "mjpeg"}


def decoded(clip: clips.Clip) -> list[int | None]:
    decoder = av.CodecContext.create(DECODERS[clip.spec.codec], "r")
    assert isinstance(decoder, av.VideoCodecContext)
    packets: list[av.Packet[Any] | None] = [av.Packet(frame.data) for frame in clip.frames]
    return [number_of(picture) for packet in [*packets, None] for picture in decoder.decode(packet)]


@pytest.mark.parametrize("scene", SCENES)
def test_every_frame_number_survives_a_thrifty_sub_stream(tmp_path: Path, scene: str) -> None:
    spec = ClipSpec("Test", scene, width=640, height=360, fps=10, gop=20, bitrate=300_000, shift=7)
    numbers = decoded(clips.obtain(spec, tmp_path))

    assert len(numbers) == spec.frames
    assert numbers[0] == spec.shift
    assert breaks(numbers, spec.frames) == []


@pytest.mark.parametrize(("codec", "bframes"), [("h264", 2), ("h265", 0), ("mjpeg", 0)])
def test_codecs(tmp_path: Path, codec: str, bframes: int) -> None:
    spec = ClipSpec("Test", "street", codec, width=320, height=180, fps=5, gop=10, bitrate=400_000, bframes=bframes)
    clip = clips.obtain(spec, tmp_path)

    assert breaks(decoded(clip), spec.frames) == []
    keys = [index for index, frame in enumerate(clip.frames) if frame.key]
    assert keys == list(range(0, spec.frames, 1 if codec == "mjpeg" else spec.gop))
    positions = [frame.position for frame in clip.frames]
    assert sorted(positions) == list(range(spec.frames))
    assert (positions != sorted(positions)) == bool(bframes)


def test_a_picture_without_a_number_has_none() -> None:
    assert counter.read(np.full((360, 640), 128, dtype=np.uint8)) is None
    picture = np.full((360, 640), 90, dtype=np.uint8)
    counter.draw(picture, 0xBEEF)
    assert counter.read(picture) == 0xBEEF
    left, top, right, bottom = counter.area(640, 360)
    picture[top:bottom, (left + right) // 2 :] = 90
    assert counter.read(picture) is None


def test_processes_that_share_a_cache_make_a_clip_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.media.simulator.test_clips import TINY;"
        "from vedette.media.simulator import clips; print(len(clips.obtain(TINY, Path(sys.argv[1])).frames))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with ThreadPoolExecutor(3) as threads:
        outcomes = list(threads.map(lambda _: subprocess.run(command, capture_output=True, check=True), range(3)))

    assert [outcome.stdout.strip() for outcome in outcomes] == [b"80"] * 3
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".clip", ".lock"]


@pytest.mark.parametrize("damage", [b"", b"vedette clip 1\n[[5,0,true]]\nabc", b"something else"])
def test_a_damaged_clip_is_made_again(tmp_path: Path, damage: bytes) -> None:
    whole = clips.obtain(TINY, tmp_path)
    (tmp_path / TINY.name).write_bytes(damage)

    assert len(clips.obtain(TINY, tmp_path).frames) == len(whole.frames)
    assert len((tmp_path / TINY.name).read_bytes()) > 1000


@pytest.mark.parametrize(("codec", "rate"), [("aac", 48_000), ("aac", 16_000), ("pcma", 8000), ("opus", 48_000)])
def test_sound_fills_the_loop_exactly(codec: str, rate: int) -> None:
    made = sound.make(codec, rate)

    assert len(made.frames) * made.samples_per_frame * 1000 == LOOP_MS * rate
    assert all(made.frames)
    assert bool(made.extradata) == (codec in ("aac", "opus"))


async def test_the_time_line_goes_on_over_the_seam(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        camera = catalogue.SimulatedCamera("test", "Test", "Test", "yard", 3)
        stream = await Library(tmp_path, executor).stream(camera, "sub")
    track = stream.video
    loop = 111
    units = [track.unit(loop, track.count - 1), track.unit(loop + 1, 0), track.unit(loop + 1, 1)]
    sequences, times = [], []
    for unit in units:
        offset = 0
        while offset < len(unit):
            sequences.append(int.from_bytes(unit[offset + 6 : offset + 8], "big"))
            times.append(int.from_bytes(unit[offset + 8 : offset + 12], "big"))
            offset += 4 + int.from_bytes(unit[offset + 2 : offset + 4], "big")

    assert all(after == (before + 1) % 2**16 for before, after in pairwise(sequences))
    assert {(after - before) % 2**32 for before, after in pairwise(times)} == {0, 9000}


async def test_the_resolution_changes_in_mid_stream_at_a_key_frame(tmp_path: Path) -> None:
    cache = Path(__file__).parents[3] / ".cache" / "simulator"
    camera = catalogue.find("front-door")
    assert camera
    kind = catalogue.KINDS["resolution"]
    second = camera.second_clip(kind)
    assert second
    pair = [clips.obtain(camera.clip(kind), cache), clips.obtain(second, cache)]
    half = len(pair[0].frames) // 2

    with ThreadPoolExecutor(1) as executor:
        stream = await Library(cache, executor).stream(camera, "resolution")

    assert stream.video.keys[half]
    first_set, second_set = (
        next(unit for unit in nal_units(clip.frames[half].data) if unit[0] & 31 == 7) for clip in pair
    )
    assert first_set != second_set
    assert first_set in bytes(stream.video.unit(0, 0))
    assert second_set in bytes(stream.video.unit(0, half))


def test_cameras_of_the_demo_differ_and_numbered_ones_are_out_of_step() -> None:
    cameras = catalogue.demo_cameras(20)
    assert len({camera.slug for camera in cameras}) == len({camera.name for camera in cameras}) == 20
    assert all(catalogue.find(camera.slug) == camera for camera in cameras)

    numbered = [catalogue.find(f"cam-{index}") for index in range(1, 401)]
    assert len({camera.phase_ms for camera in numbered if camera}) == 400
    assert catalogue.find("cam-0") is catalogue.find("nobody") is None
