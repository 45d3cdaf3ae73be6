"""Segment files: what scan finds, and that finalising is also the repair, whatever happened before."""

import errno
import hashlib
import os
import struct
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.media.encode import encode_audio, encode_video
from tests.media.files import (
    METADATA,
    Written,
    decode_errors,
    ffprobe,
    interleave,
    make_parts,
    packets,
    stream,
    write_segment,
)
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.recorded_hash import hash_file
from vedette.media.fmp4.segment import FREE, Finalised, SystemDisk, finalise, head_bytes, read_head, scan
from vedette.media.fmp4.tables import read_fragment
from vedette.media.units import AUDIO, Codec, TimedUnit, Tracks

in_tmp_path = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def make(path: Path) -> Written:
    return write_segment(path, encode_video(seconds=4, b_frames=2), encode_audio(Codec.AAC, seconds=4))


def frames_before(written: Written, length: int) -> int:
    """Video frames of the parts that are whole in the first `length` bytes."""
    ends = [offset + len(part.data) for offset, part in zip(written.offsets, written.parts, strict=True)]
    return sum(part.samples for part, end in zip(written.parts, ends, strict=True) if end <= length)


def test_scan_finds_what_was_written(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    found = scan(written.path)
    assert (found.metadata, found.init) == (METADATA, written.init)
    assert (found.media_end, found.torn_bytes, found.lost_bytes, found.finalised) == (written.length, 0, 0, False)
    assert found.frames == 100
    assert found.index == written.tables.index
    groups = found.index.groups
    assert found.index.timescale == 90_000
    assert [group.dts_ticks for group in groups] == [0, 90_000, 180_000, 270_000]
    assert [group.duration_ticks for group in groups] == [90_000] * 4
    assert [group.offset for group in groups] == [
        offset for offset, part in zip(written.offsets, written.parts, strict=True) if part.key
    ]
    assert all(a.offset + a.length == b.offset for a, b in pairwise(groups))
    assert groups[-1].offset + groups[-1].length == written.length


def test_scan_of_a_descriptor_leaves_it_open(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    with written.path.open("rb") as file:
        assert scan(file.fileno()).frames == 100
        assert read_head(file.fileno()).metadata == METADATA
        assert file.read(8)[4:] == b"ftyp"


def test_tables_of_the_writer_make_the_same_file_as_a_scan(tmp_path: Path) -> None:
    one, two = make(tmp_path / "a.mp4"), make(tmp_path / "b.mp4")
    with_tables, with_scan = finalise(one.path, tables=one.tables), finalise(two.path)
    assert with_tables == with_scan
    assert one.path.read_bytes() == two.path.read_bytes()


def test_tables_that_do_not_fit_the_file_are_not_used(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    with written.path.open("ab") as file:
        file.write(b"half a part")
    assert finalise(written.path, tables=written.tables).torn_bytes == 11
    assert scan(written.path).finalised


def test_finalising_twice_changes_nothing(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    first = finalise(written.path)
    data = written.path.read_bytes()
    assert finalise(written.path) == first
    assert finalise(written.path, tables=written.tables) == first
    assert written.path.read_bytes() == data
    assert data[: first.media_end].endswith(written.parts[-1].data)


def test_parts_stay_where_they_are(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    before = written.path.read_bytes()
    finalised = finalise(written.path)
    after = written.path.read_bytes()
    head = read_head(written.path)
    assert before[head.reserved : head.reserved + 16] == FREE
    assert after[: head.reserved] == before[: head.reserved]
    assert after[head.reserved + 16 : written.length] == before[head.reserved + 16 :]
    assert finalised.bytes == len(after) == written.path.stat().st_size


@pytest.mark.ffmpeg
def test_init_and_byte_ranges_of_a_finalised_file_decode(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    finalised = finalise(written.path)
    data = written.path.read_bytes()
    ranges = tmp_path / "ranges.mp4"
    wanted = finalised.index.groups[1:3]
    ranges.write_bytes(finalised.init.data + b"".join(data[g.offset : g.offset + g.length] for g in wanted))
    assert decode_errors(ranges) == ""
    assert len(packets(ffprobe(ranges), "video")) == 50


# Sound beside video


@pytest.mark.ffmpeg
@pytest.mark.parametrize("lead_ms", [-70, 0, 130])
@pytest.mark.parametrize("b_frames", [0, 2])
def test_sound_stays_beside_video(lead_ms: int, b_frames: int, tmp_path: Path) -> None:
    """A later segment of a run: its times begin anywhere, and sound begins before or after the first frame."""
    video, audio = encode_video(seconds=2, b_frames=b_frames), encode_audio(Codec.AAC, seconds=2)
    late_v, late_a = 900 * 90_000, 900 * 48_000 + lead_ms * 48
    moved = [
        TimedUnit(u.track, u.dts_ticks + late_v, u.pts_ticks + late_v, u.key, u.chunks, u.size) for u in video.units
    ]
    moved += [
        TimedUnit(u.track, u.dts_ticks + late_a, u.pts_ticks + late_a, True, u.chunks, u.size) for u in audio.units
    ]
    moved.sort(key=lambda unit: unit.dts_ticks / (48_000 if unit.track == AUDIO else 90_000))
    first_frame = next(i for i, unit in enumerate(moved) if unit.track != AUDIO)
    moved.insert(0, moved.pop(first_frame))  # sound that is older came after it
    written = write_segment(tmp_path / "a.mp4", video, audio, units=moved)
    finalise(written.path)
    probe = ffprobe(written.path)
    delay = video.units[0].pts_ticks / 90_000
    assert float(stream(probe, "video")["start_time"]) == 0
    shown = [float(packet["pts_time"]) for packet in packets(probe, "audio")]
    assert shown[0] == pytest.approx(lead_ms / 1000 - delay, abs=0.001)
    assert len(shown) == len(audio.units)
    assert decode_errors(written.path) == ""


def test_holes_in_time_are_in_the_index_of_a_finished_file(tmp_path: Path) -> None:
    video = encode_video(seconds=4)
    units = [unit for unit in video.units if not 90_000 <= unit.dts_ticks < 180_000]
    written = write_segment(tmp_path / "a.mp4", video, units=units)
    finalised = finalise(written.path)
    assert finalised.duration_ticks == 4 * 90_000
    assert finalised.frames == 75
    assert [group.dts_ticks for group in finalised.index.groups] == [0, 180_000, 270_000]


@pytest.mark.ffmpeg
def test_a_file_that_begins_without_a_key_frame_is_kept(tmp_path: Path) -> None:
    """As when a stream with gradual refresh is cut because its file got too long."""
    video = encode_video(seconds=2, gop=500)
    parts = make_parts(Tracks(video.config), video.units)[1:]
    init = build_init(Tracks(video.config))
    path = tmp_path / "a.mp4"
    path.write_bytes(head_bytes(init, METADATA) + b"".join(part.data for part in parts))
    assert not parts[0].key
    finalised = finalise(path)
    assert (finalised.frames, finalised.lost_bytes) == (38, 0)
    assert [group.dts_ticks for group in finalised.index.groups] == [parts[0].dts_ticks]
    assert len(packets(ffprobe(path), "video")) == 38


@pytest.mark.ffmpeg
def test_video_that_stalls_while_sound_goes_on(tmp_path: Path) -> None:
    video, audio = encode_video(seconds=8), encode_audio(Codec.AAC, seconds=8)
    units = [unit for unit in interleave(video, audio) if unit.track == AUDIO or not 90_000 <= unit.dts_ticks < 540_000]
    written = write_segment(tmp_path / "a.mp4", video, audio, units=units)
    assert any(part.samples == 0 for part in written.parts)
    assert finalise(written.path).lost_bytes == 0
    probe = ffprobe(written.path)
    frames = [unit.dts_ticks for unit in units if unit.track != AUDIO]
    assert [int(packet["dts"]) for packet in packets(probe, "video")] == frames
    assert len(packets(probe, "audio")) == len(audio.units)
    assert decode_errors(written.path) == ""


# Torn, damaged and half-finalised files


@in_tmp_path
@given(st.data())
def test_torn_anywhere(tmp_path: Path, data: st.DataObject) -> None:
    written = make(tmp_path / "a.mp4")
    head = read_head(written.path).length
    length = data.draw(st.integers(head, written.length))
    os.truncate(written.path, length)
    expected = frames_before(written, length)
    found = scan(written.path)
    assert found.frames == expected
    finalised = finalise(written.path)
    assert (finalised.frames, finalised.torn_bytes) == (expected, found.torn_bytes)
    assert finalised.empty == (expected == 0)
    assert scan(written.path).finalised == (expected > 0)
    assert scan(written.path).index == found.index == finalised.index


@pytest.mark.parametrize("frame", [0, 5, 11])
def test_zeros_that_a_power_cut_left_are_no_part(frame: int, tmp_path: Path) -> None:
    """The file's new length was on the disk, its last bytes were not: a moof whose payload reads as zeros."""
    written = make(tmp_path / "a.mp4")
    offset, part = written.offsets[3], written.parts[3]
    (video, _) = read_fragment(part.data).runs
    sizes = struct.unpack(f">{video.samples}I", video.sizes)
    length = offset + video.data + sum(sizes[:frame]) + 2
    os.truncate(written.path, length)
    os.truncate(written.path, written.length)
    expected = sum(part.samples for part in written.parts[:3])
    assert (scan(written.path).frames, scan(written.path).media_end) == (expected, offset)
    assert finalise(written.path).frames == expected
    assert written.path.stat().st_size < written.length


@pytest.mark.ffmpeg
@pytest.mark.parametrize("share", [0.2, 0.5, 0.51, 0.9, 0.999])
def test_a_repaired_file_plays(share: float, tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    length = int(written.length * share)
    os.truncate(written.path, length)
    finalise(written.path)
    assert decode_errors(written.path) == ""
    assert len(packets(ffprobe(written.path), "video")) == frames_before(written, length)


def test_a_file_with_nothing_but_its_head(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    head = read_head(written.path).length
    os.truncate(written.path, head + 100)
    finalised = finalise(written.path)
    assert finalised.empty
    assert (finalised.bytes, finalised.frames, finalised.duration_ticks) == (head, 0, 0)
    assert written.path.stat().st_size == head
    assert not scan(written.path).finalised


@pytest.mark.ffmpeg
@pytest.mark.parametrize("length", [1, 8, 300, 4096])
def test_a_hole_in_the_middle_loses_no_more_than_its_group(length: int, tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    data = bytearray(written.path.read_bytes())
    second_group = scan(written.path).index.groups[1]
    data[second_group.offset + 4 : second_group.offset + 4 + length] = bytes(length)
    written.path.write_bytes(data)
    found = scan(written.path)
    assert [group.dts_ticks for group in found.index.groups] == [0, 180_000, 270_000]
    assert (found.frames, found.torn_bytes, found.lost_bytes) == (75, 0, second_group.length)
    assert finalise(written.path).lost_bytes == second_group.length
    assert decode_errors(written.path) == ""
    assert len(packets(ffprobe(written.path), "video")) == 75
    again = finalise(written.path)
    assert (again.frames, again.lost_bytes) == (75, second_group.length)


def test_a_finished_file_is_never_cut_for_damage_inside(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    finalise(written.path)
    data = bytearray(written.path.read_bytes())
    for group in scan(written.path).index.groups[2:]:
        data[group.offset : group.offset + group.length] = bytes(group.length)
    written.path.write_bytes(data)
    found = scan(written.path)
    assert (found.finalised, found.frames) == (True, 50)
    assert found.lost_bytes == found.media_end - found.index.groups[-1].offset - found.index.groups[-1].length
    finalise(written.path)
    assert written.path.read_bytes() == data


def test_a_finished_file_that_lost_its_end_is_finished_again(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    first = finalise(written.path)
    whole = written.path.read_bytes()
    os.truncate(written.path, first.bytes - 100)
    assert not scan(written.path).finalised
    assert replace(finalise(written.path), torn_bytes=0) == first
    assert written.path.read_bytes() == whole


# Crashes of finalise itself


class Crash(BaseException):
    """The machine stops here."""


class CrashingDisk:
    """Does `steps` writes, of the last one only `share`, then stops for ever."""

    def __init__(self, steps: int, share: float) -> None:
        self.left = steps
        self.share = share
        self.system = SystemDisk()

    def _step(self) -> bool:
        self.left -= 1
        if self.left < 0:
            raise Crash
        return self.left == 0

    def truncate(self, fd: int, length: int) -> None:
        self._step()
        self.system.truncate(fd, length)

    def write_at(self, fd: int, data: bytes, offset: int) -> None:
        last = self._step()
        self.system.write_at(fd, data[: int(len(data) * self.share)] if last else data, offset)
        if last and self.share < 1:
            raise Crash

    def sync(self, fd: int) -> None:
        self._step()
        self.system.sync(fd)


@pytest.mark.parametrize("torn", [0, 700])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.99, 1.0])
def test_a_crash_at_any_step_is_made_good(torn: int, share: float, tmp_path: Path) -> None:
    undisturbed = make(tmp_path / "b.mp4")
    os.truncate(undisturbed.path, undisturbed.length - torn)
    expected = finalise(undisturbed.path)
    whole = undisturbed.path.read_bytes()
    steps = 5 if torn else 4  # cut, append, sync, header, sync
    for crash_after in range(steps + 1):
        written = make(tmp_path / f"{crash_after}.mp4")
        os.truncate(written.path, written.length - torn)
        try:
            finalise(written.path, disk=CrashingDisk(crash_after, share))
        except Crash:
            pass
        else:
            assert crash_after == steps
        found = scan(written.path)
        assert found.index == expected.index
        assert replace(finalise(written.path), torn_bytes=0) == replace(expected, torn_bytes=0)
        assert written.path.read_bytes() == whole


class FullDisk(SystemDisk):
    """Takes a little of what is appended, then has no space."""

    def write_at(self, fd: int, data: bytes, offset: int) -> None:
        super().write_at(fd, data[:1000], offset)
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    before = written.path.read_bytes()
    with pytest.raises(OSError, match="No space"):
        finalise(written.path, disk=FullDisk())
    assert written.path.read_bytes() == before
    assert finalise(written.path).frames == 100


# The hash


def test_the_hash_is_that_of_the_bytes_as_recorded(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    recorded = hashlib.sha256(written.path.read_bytes()).hexdigest()
    assert hash_file(written.path) == recorded
    finalise(written.path)
    assert hash_file(written.path) == recorded
    data = bytearray(written.path.read_bytes())
    data[written.length // 2] ^= 1
    written.path.write_bytes(data)
    assert hash_file(written.path) != recorded


def test_the_hash_with_nothing_but_a_shell(tmp_path: Path) -> None:
    """The lines of docs/decisions/recorded-hash.md, run as they stand there."""
    page = Path(__file__).parents[3] / "docs" / "decisions" / "recorded-hash.md"
    script = page.read_text().partition("```sh\n")[2].partition("```")[0]
    assert "sha256sum" in script
    written = make(tmp_path / "segment.mp4")
    finalise(written.path)
    result = subprocess.run(["/bin/sh", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert result.stdout.split()[0] == hash_file(written.path)


# Heads


def test_head_is_the_init_with_sixteen_bytes_between(tmp_path: Path) -> None:
    init = make(tmp_path / "a.mp4").init
    head = head_bytes(init, METADATA)
    at = head.index(FREE)
    assert head[:at] + head[at + 16 :][: len(init.data) - at] == init.data
    assert b'"camera_slug":"front-door"' in head


def test_metadata_must_be_whole_and_may_be_more(tmp_path: Path) -> None:
    init = make(tmp_path / "a.mp4").init
    head = head_bytes(init, METADATA)
    start = head.index(b'{"segment_id"')
    json = head[start:]
    cases = {
        json.replace(b'"version":1', b'"version":2,"colour":"red"'): True,
        json.replace(b'"node":"nvr-1",', b""): False,
        json.replace(b'"start_ms":1795262400123', b'"start_ms":true'): False,
        json.replace(b'"start_ms":1795262400123', b'"start_ms":-1'): False,
        json.replace(b'"start_ms":1795262400123', b'"start_ms":9e18'): False,
        json[:-1]: False,
        b"[]": False,
    }
    for text, good in cases.items():
        box = (24 + len(text)).to_bytes(4, "big") + head[start - 20 : start] + text
        (tmp_path / "b.mp4").write_bytes(head[: start - 24] + box)
        if good:
            assert read_head(tmp_path / "b.mp4").metadata == replace(METADATA, version=2)
        else:
            with pytest.raises(BadMedia):
                read_head(tmp_path / "b.mp4")


@pytest.mark.parametrize("data", [b"", b"x" * 7, bytes(100), b"\0\0\0\x08ftyp", b"\0\0\0\x08ftyp" + FREE])
def test_what_is_no_segment_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    for read in (scan, finalise, read_head, hash_file):
        with pytest.raises(BadMedia):
            read(path)
    assert path.read_bytes() == data


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        scan(tmp_path / "none.mp4")


def test_finalised_tells_all_that_an_index_row_needs(tmp_path: Path) -> None:
    written = make(tmp_path / "a.mp4")
    finalised: Finalised = finalise(written.path)
    assert finalised.metadata == METADATA
    assert finalised.init == written.init
    assert (finalised.start_ticks, finalised.duration_ticks, finalised.timescale) == (0, 360_000, 90_000)
    assert finalised.init.tracks == Tracks(written.init.tracks.video, written.init.tracks.audio)
