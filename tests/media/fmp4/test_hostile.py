"""Files that nobody wrote like that: only our own error comes out, in little time and memory."""

import struct
import tracemalloc
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.media.encode import encode_audio, encode_video
from tests.media.files import METADATA, make_parts
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.fragment import SampleRun, fragment
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.recorded_hash import hash_file
from vedette.media.fmp4.segment import finalise, head_bytes, read_head, scan
from vedette.media.fmp4.tables import read_fragment
from vedette.media.units import AUDIO, VIDEO, Codec, Tracks

in_tmp_path = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

# What makes readers of boxes stumble: sizes of nothing, of everything, and the signal for 64-bit sizes.
WORDS = [0, 1, 2, 7, 8, 15, 16, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10000]


@cache
def whole_file(closed: bool) -> bytes:
    video, audio = encode_video(seconds=1, b_frames=2, width=64, height=64), encode_audio(Codec.AAC, seconds=1)
    tracks = Tracks(video.config, audio.config)
    units = sorted(video.units + audio.units, key=lambda unit: unit.dts_ticks / (48_000 if unit.track else 90_000))
    data = head_bytes(build_init(tracks), METADATA) + b"".join(part.data for part in make_parts(tracks, units))
    if not closed:
        return data
    with TemporaryDirectory() as directory:
        path = Path(directory) / "a.mp4"
        path.write_bytes(data)
        finalise(path)
        return path.read_bytes()


def check(path: Path) -> None:
    """Everything that reads a file, on one that may be anything."""
    for read in (read_head, scan, hash_file, finalise, scan, finalise):
        try:
            read(path)
        except BadMedia:
            continue


@in_tmp_path
@given(st.booleans(), st.data())
def test_changed_words(tmp_path: Path, closed: bool, data: st.DataObject) -> None:
    file = bytearray(whole_file(closed))
    header = data.draw(st.booleans())  # changes in the head hit more often than in payload
    limit = 2000 if header else len(file)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, limit - 8))
        if data.draw(st.booleans()):
            file[at : at + 4] = data.draw(st.sampled_from(WORDS)).to_bytes(4, "big")
        else:
            file[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.mp4"
    path.write_bytes(file)
    check(path)


@in_tmp_path
@given(st.binary(max_size=3000), st.booleans())
def test_anything_behind_a_head(tmp_path: Path, tail: bytes, close: bool) -> None:
    file = whole_file(closed=False)
    head = file[: file.index(b"moof") - 4]
    path = tmp_path / "a.mp4"
    path.write_bytes(head + (file[len(head) :] if close else b"") + tail)
    check(path)


@in_tmp_path
@given(st.binary(max_size=400))
def test_random_moofs(tail: bytes) -> None:
    part = whole_file(closed=False)
    at = part.index(b"moof") - 4
    moof = int.from_bytes(part[at : at + 4], "big")
    for data in (tail, part[at : at + 8] + tail, part[at : at + min(len(tail), moof)] + tail):
        try:
            read = read_fragment(data)
        except BadMedia:
            continue
        assert all(len(run.sizes) == 4 * run.samples for run in read.runs)


def _with_part(tmp_path: Path, part: bytes) -> Path:
    file = whole_file(closed=False)
    path = tmp_path / "a.mp4"
    path.write_bytes(file[: file.index(b"moof") - 4] + part)
    return path


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        (0, 0),
        (0, 0xFFFFFFFF),
        (8, 0),
        (24, 0),
        (24, 0xFFFFFFF0),
        (32, 0),
        (32, 0xFFFFFFFF),
    ],
)
def test_sizes_that_lead_nowhere(offset: int, value: int, tmp_path: Path) -> None:
    part = bytearray(fragment(1, [SampleRun(VIDEO, 0, [3600], [4], [], True)], [b"\0\0\0\1"]))
    part[offset : offset + 4] = value.to_bytes(4, "big")
    assert scan(_with_part(tmp_path, bytes(part))).frames == 0


def test_a_64_bit_size_of_nearly_everything(tmp_path: Path) -> None:
    huge = struct.pack(">I4sQ", 1, b"moof", 1 << 63)
    assert scan(_with_part(tmp_path, huge)).frames == 0
    file = bytearray(whole_file(closed=False))
    moov = file.index(b"moov") - 4
    file[moov : moov + 16] = struct.pack(">I4sQ", 1, b"moov", (1 << 63) + 5)
    path = tmp_path / "b.mp4"
    path.write_bytes(file)
    with pytest.raises(BadMedia):
        scan(path)


def test_counts_that_want_gigabytes(tmp_path: Path) -> None:
    part = bytearray(fragment(1, [SampleRun(VIDEO, 0, [3600] * 3, [4] * 3, [], True)], [b"\0\0\0\1"] * 3))
    at = part.index(b"trun") + 8
    part[at : at + 4] = (0xFFFFFFFF).to_bytes(4, "big")
    path = _with_part(tmp_path, bytes(part) * 50)
    tracemalloc.start()
    try:
        assert scan(path).frames == 0
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_a_file_full_of_false_parts_is_given_up(tmp_path: Path) -> None:
    path = _with_part(tmp_path, b"\0\0\1\0moof" * 400_000)
    found = scan(path)
    assert (found.frames, found.torn_bytes) == (0, 8 * 400_000)


def test_times_beyond_all_time(tmp_path: Path) -> None:
    runs = [
        SampleRun(VIDEO, 1 << 52, [0xFFFFFFFF], [4], [], True),
        SampleRun(AUDIO, 0, [0xFFFFFFFF] * 2, [1, 1], [], False),
    ]
    path = _with_part(tmp_path, fragment(1, runs, [b"\0\0\0\1", b"aa"]))
    finalise(path)
    found = scan(path)
    assert (found.finalised, found.frames) == (True, 1)
    runs[0].dts = 1 << 60
    path = _with_part(tmp_path, fragment(1, runs, [b"\0\0\0\1", b"aa"]))
    assert scan(path).frames == 0


def test_a_track_that_the_init_has_not(tmp_path: Path) -> None:
    silent = encode_video(seconds=0.2)
    head = head_bytes(build_init(Tracks(silent.config)), METADATA)
    path = tmp_path / "a.mp4"
    path.write_bytes(head + fragment(1, [SampleRun(AUDIO, 0, [1024], [3], [], False)], [b"abc"]))
    assert scan(path).torn_bytes == path.stat().st_size - len(head)
