"""From simulated cameras of every kind through a real recorder process to files and rows.

All cameras run at once in one recorder for some segments' time; the tests then look at what each of them left. The
numbers burned into the pictures prove order and completeness; they also tell when a picture was taken.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import pytest

from tests.support.burned import breaks, captured_ms, lost, numbers_in
from tests.support.recording import Listener, RecordedCamera, Recording, contiguous, recording
from tests.support.simulated import simulated_cameras
from vedette.media.fmp4.segment import scan
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.recordings.tables import SegmentRow

pytestmark = pytest.mark.anyio

SEGMENT_S = 4
FRAME_MS = 40
LOOP = LOOP_MS // FRAME_MS

# name -> kind and faults of the simulated camera
CAMERAS = {
    "plain": ("small", ""),
    "bframes": ("bframes", ""),
    "hevc": ("h265", ""),
    "alaw": ("g711", ""),
    "opus": ("opus", ""),
    "nosps": ("nosps", ""),
    "resolution": ("resolution", ""),
    "jump": ("small", "jump=-3&at=6"),
    "back": ("small", "back=0.5"),
    "mad": ("small", "back=5"),
    "loss": ("small", "loss=0.5"),
    "garbage": ("small", "garbage=1"),
    "truncate": ("small", "truncate=0.5"),
    "drop": ("small", "drop=6"),
    "hang": ("small", "hang=5"),
    "nokey": ("small", "nokey=60"),
    "digest": ("small", "auth=digest"),
    "wrong": ("small", "auth=digest"),
    "open": ("small", "auth=basic"),
    "unsupported": ("unsupported", ""),
    "http": ("small", "speak=http"),
    "absurd": ("small", "sdp=absurd"),
    "header": ("small", "header=1000000000"),
}
LOGINS = {"digest": ("viewer", "simulated"), "wrong": ("viewer", "guess")}


@dataclass
class Left:
    """What the run left."""

    desk: Recording
    cameras: dict[str, RecordedCamera]
    listener: Listener
    offset_ms: float
    log: str

    async def closed(self, name: str) -> list[SegmentRow]:
        rows = await self.desk.segments(self.cameras[name])
        assert {row.state for row in rows} <= {"closed"}
        return rows

    def path(self, row: SegmentRow) -> Path:
        return self.desk.volume / row.path

    async def pieces(self, name: str) -> list[list[int | None]]:
        """Burned numbers, file by file, in the order they are shown."""
        return [numbers_in(self.path(row)) for row in await self.closed(name)]

    def states(self, name: str) -> list[tuple[str, str]]:
        return self.listener.history[self.cameras[name].stream_id]


@pytest.fixture(scope="module")
async def left(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Left]:
    data = tmp_path_factory.mktemp("capture") / "data"
    async with simulated_cameras() as server, recording(data, segment_seconds=SEGMENT_S) as desk:
        kinds = tuple({kind for kind, _ in CAMERAS.values()})
        await server.prepare(["cam-1"], kinds)
        cameras = {
            name: await desk.add_camera(name, server.url("cam-1", kind, faults), login=LOGINS.get(name))
            for name, (kind, faults) in CAMERAS.items()
        }
        run = desk.start()
        async with await Listener().connect(run.socket) as listener, await Listener().connect(run.socket) as stuck:
            assert stuck.heard == []
            await desk.wait_for(cameras["plain"], 5)
            await asyncio.sleep(1)
        assert await run.stop() == 0
        yield Left(desk, cameras, listener, 0.0, run.logged())


PHASE_MS = 205  # of cam-1


@pytest.mark.parametrize("name", ["plain", "bframes", "hevc", "alaw", "opus", "nosps", "back", "digest", "resolution"])
async def test_no_frame_is_lost_or_doubled_within_and_between_files(left: Left, name: str) -> None:
    pieces = await left.pieces(name)
    assert len(pieces) >= 4
    assert breaks([number for piece in pieces for number in piece], LOOP) == []


@pytest.mark.parametrize("name", ["plain", "bframes", "hevc", "alaw", "opus", "nosps", "back", "digest"])
async def test_segments_follow_each_other_at_aligned_times(left: Left, name: str) -> None:
    rows = await left.closed(name)
    assert contiguous(rows)
    for row in rows[1:]:
        # a key frame at the latest one group of pictures after the boundary
        assert row.start_ms % (SEGMENT_S * 1000) <= 2100
        assert row.end_ms - row.start_ms <= SEGMENT_S * 1000 + 2100
    assert len({row.run_id for row in rows}) == 1
    assert [row.sequence for row in rows] == list(range(len(rows)))


@pytest.mark.parametrize("name", ["plain", "hevc", "alaw", "loss", "resolution"])
async def test_rows_tell_what_is_in_the_files(left: Left, name: str) -> None:
    for row in await left.closed(name):
        path = left.path(row)
        scanned = scan(path)
        assert scanned.finalised
        assert scanned.metadata.segment_id == str(row.id)
        assert (scanned.frames, scanned.file_bytes) == (row.frames, row.bytes)
        assert scanned.tables.duration_ticks == row.duration_ticks
        assert scanned.metadata.start_ms == row.start_ms
        captured = bytearray(path.read_bytes()[: scanned.media_end])
        captured[scanned.head.reserved : scanned.head.reserved + 16] = b"\0\0\0\x10free" + bytes(8)
        assert hashlib.sha256(captured).hexdigest() == row.sha256


async def test_wall_clock_is_when_the_picture_was_taken(left: Left) -> None:
    for row in await left.closed("plain"):
        first = numbers_in(left.path(row))[0]
        assert first is not None
        assert row.start_ms == pytest.approx(captured_ms(first, FRAME_MS, row.start_ms, PHASE_MS), abs=300)


async def test_sound_lasts_as_long_as_the_picture(left: Left) -> None:
    for name, codec in (("plain", "aac"), ("alaw", "flac"), ("opus", "opus")):
        rows = await left.closed(name)
        assert len(rows) >= 4
        for row in rows[1:-1]:
            with av.open(str(left.path(row))) as container:
                sound = container.streams.audio[0]
                assert sound.codec_context.name == codec
                samples = sum(frame.samples for frame in container.decode(sound))
                assert samples / sound.codec_context.sample_rate == pytest.approx(
                    (row.end_ms - row.start_ms) / 1000, abs=0.15
                )


async def test_a_new_resolution_opens_a_new_run_without_loss(left: Left) -> None:
    rows = await left.closed("resolution")
    assert len({row.run_id for row in rows}) >= 2
    assert contiguous(rows)
    assert len({row.init_id for row in rows}) == 2
    runs = await left.desk.run_rows(left.cameras["resolution"])
    assert {run.end_reason for run in runs[:-1]} == {"codec_change"}
    assert left.listener.statuses[left.cameras["resolution"].stream_id].reconnects == 0


async def test_a_jump_of_the_cameras_clock_starts_a_new_run_on_the_same_connection(left: Left) -> None:
    runs = await left.desk.run_rows(left.cameras["jump"])
    assert [run.end_reason for run in runs] == ["time_jump", "stopped"]
    assert left.listener.statuses[left.cameras["jump"].stream_id].reconnects == 0
    pieces = await left.pieces("jump")
    assert 0 <= lost(pieces, LOOP) <= 26  # until the next key frame
    rows = await left.closed("jump")
    times = [(row.start_ms, row.end_ms) for row in rows]
    assert times == sorted(times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))


async def test_stamps_that_jump_all_the_time_are_not_believed(left: Left) -> None:
    runs = await left.desk.run_rows(left.cameras["mad"])
    assert 2 <= len(runs) <= 6
    assert {run.end_reason for run in runs[:-1]} == {"time_jump"}
    pieces = await left.pieces("mad")
    assert breaks(pieces[-1], LOOP) == []


@pytest.mark.parametrize("name", ["loss", "garbage", "truncate"])
async def test_damage_costs_frames_but_not_the_recording(left: Left, name: str) -> None:
    pieces = await left.pieces(name)
    assert len(pieces) >= 4
    assert sum(map(len, pieces)) > 300
    status = left.listener.statuses[left.cameras[name].stream_id]
    if name == "loss":
        assert status.lost_packets > 0
    assert lost(pieces, LOOP) < 0.3 * sum(map(len, pieces))


async def test_a_dropped_connection_is_made_again(left: Left) -> None:
    camera = left.cameras["drop"]
    assert ("waiting", "closed") in left.states("drop")
    assert left.listener.statuses[camera.stream_id].reconnects >= 2
    runs = await left.desk.run_rows(camera)
    assert len(runs) >= 3
    assert {run.end_reason for run in runs[:-1]} == {"closed"}
    pieces = await left.pieces("drop")
    for piece in pieces:
        assert breaks(piece, LOOP) == []


async def test_a_camera_that_hangs_is_noticed_within_ten_seconds(left: Left) -> None:
    camera = left.cameras["hang"]
    assert ("waiting", "timeout") in left.states("hang")
    rows = await left.closed("hang")
    gaps = [gap for gap in await left.desk.gaps(camera) if gap.cause == "network"]
    assert gaps[0].start_ms in {row.end_ms for row in rows}
    assert gaps[0].end_ms is not None
    assert 7_000 < gaps[0].end_ms - gaps[0].start_ms < 13_000


async def test_every_second_is_footage_or_a_gap(left: Left) -> None:
    for name in ("plain", "drop", "hang", "jump", "resolution", "loss"):
        camera = left.cameras[name]
        spans = [(row.start_ms, row.end_ms) for row in await left.closed(name)]
        spans += [(gap.start_ms, gap.end_ms or 2**62) for gap in await left.desk.gaps(camera)]
        spans.sort()
        for before, after in pairwise(spans):
            assert -50 <= after[0] - before[1] <= 1000, (name, spans)
        assert spans[-1][1] == 2**62  # the recorder was stopped


async def test_a_stream_without_key_frames_waits_and_says_so(left: Left) -> None:
    status = left.listener.statuses[left.cameras["nokey"].stream_id]
    assert (status.state, status.cause) == ("connecting", "no_key_frame")
    assert "key frame" in status.detail
    assert await left.closed("nokey") == []


@pytest.mark.parametrize(
    ("name", "cause"),
    [("wrong", "unauthorized"), ("open", "unauthorized"), ("http", "protocol"), ("header", "protocol")],
)
async def test_what_cannot_be_recorded_is_a_state_and_a_gap(left: Left, name: str, cause: str) -> None:
    camera = left.cameras[name]
    assert ("waiting", cause) in left.states(name)
    assert await left.closed(name) == []
    gaps = await left.desk.gaps(camera)
    assert gaps[0].cause == "camera_offline"
    assert gaps[0].detail
    assert "guess" not in left.log


async def test_absurd_descriptions_are_survived(left: Left) -> None:
    assert await left.closed("absurd") == []
    assert left.states("absurd")[-1][0] in ("waiting", "connecting")


async def test_what_the_native_client_cannot_read_falls_back_to_libav(left: Left) -> None:
    stream = await left.desk.stream(left.cameras["unsupported"])
    assert stream.fallback is not None
    assert "X-UNHEARD-OF" in stream.fallback


async def test_parts_are_announced_where_they_are(left: Left) -> None:
    camera = left.cameras["plain"]
    rows = {str(row.id): row for row in await left.closed("plain")}
    parts = left.listener.parts(camera.stream_id)
    assert [part.number for part in parts] == list(range(parts[0].number, parts[0].number + len(parts)))
    for part in parts:
        with left.path(rows[part.segment_id]).open("rb") as file:
            file.seek(part.offset)
            data = file.read(part.length)
        assert data[4:8] == b"moof"
        assert int.from_bytes(data[:4], "big") < part.length
    ends = [part.at_ms for part in parts]
    assert ends == sorted(ends)


async def test_states_are_logged_once_per_change(left: Left) -> None:
    assert left.log.count("stream ended") < 40
    assert left.log.count('"reason": "unauthorized"') == 2


def test_the_log_says_why_a_file_was_cut(left: Left) -> None:
    """Each cut that is not the regular one, with its file; a regular one says nothing at this level."""
    lines = [json.loads(line) for line in left.log.splitlines() if '"footage file cut"' in line]
    told = {name: [line for line in lines if line["camera"] == name] for name in CAMERAS}
    assert {line["level"] for line in lines} == {"info"}
    assert [line["cause"] for line in told["plain"]] == ["stopped"]
    change = told["resolution"][0]
    assert (change["cause"], change["stream"]) == ("codec_change", "main")
    assert re.fullmatch(r"The camera changed its picture from H\.264 \d+x\d+ to H\.264 \d+x\d+\.", change["detail"])
    assert (left.desk.volume / change["file"]).is_file()
    assert change["bytes"] > 0
    assert change["seconds"] > 0
    jump = told["jump"][0]
    assert (jump["cause"], "went back by 3." in jump["detail"] or "2.9" in jump["detail"]) == ("time_jump", True)
    assert told["drop"][0]["cause"] == "closed"
