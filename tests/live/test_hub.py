"""The hub against a recorder's real socket: appear, vanish, come back, lag, lie."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.recorder_twin import RecorderTwin, StreamTwin, until
from tests.support.running import StillClock
from vedette.core.clock import SystemClock
from vedette.events.announcements import (
    MAX_LINE,
    Hello,
    InitAnnounced,
    Lagged,
    PartWritten,
    SegmentClosed,
    SegmentOpened,
    StreamStatus,
)
from vedette.live.files import PartFiles
from vedette.live.hub import StreamHub
from vedette.live.parts import LivePart
from vedette.live.stream import KEEP_MS, STALE_S
from vedette.live.viewer import Viewer
from vedette.recorder.announcer import Announcer

pytestmark = pytest.mark.anyio


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[StreamHub]:
    (tmp_path / "run").mkdir()
    async with StreamHub(tmp_path / "run", SystemClock(), look_s=0.05) as hub:
        yield hub


@pytest.fixture
async def recorder(tmp_path: Path) -> AsyncIterator[RecorderTwin]:
    async with RecorderTwin(tmp_path / "run") as recorder:
        yield recorder


def begin(recorder: RecorderTwin, media: Path, *, stream_id: int = 7) -> StreamTwin:
    stream = recorder.stream(stream_id, media)
    stream.set_status("recording")
    stream.set_init()
    stream.open("segment-1")
    return stream


async def connected(hub: StreamHub) -> None:
    await until(hub.recorders, "the hub connects")


async def next_part(viewer: Viewer) -> LivePart:
    while True:
        async with asyncio.timeout(10):
            delivery = await viewer.next()
        if isinstance(delivery, LivePart):
            return delivery


async def test_parts_reach_a_viewer_and_the_files_give_their_bytes(
    hub: StreamHub, recorder: RecorderTwin, tmp_path: Path
) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    async with hub.subscribe(7) as viewer:
        for number, key in enumerate((True, False, False)):
            stream.write(b"part%d" % number, key=key, at_ms=number * 500)
        parts = [await next_part(viewer) for _ in range(3)]
        assert [hub.read(part) for part in parts] == [b"part0", b"part1", b"part2"]
        assert [part.at_ms for part in parts] == [0, 500, 1000]
        assert parts[0].segment.init.data == b"init"
    assert hub.viewer_count() == 0


async def test_a_late_viewer_begins_with_the_newest_group(
    hub: StreamHub, recorder: RecorderTwin, tmp_path: Path
) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    for number in range(9):
        stream.write(b"x", key=number % 4 == 0, at_ms=number * 500)
    await until(lambda: len(hub.tail(7)) == 9, "all parts arrive")
    assert [part.number for part in hub.newest_group(7)] == [9]
    stream.write(b"x", key=False, at_ms=4500)
    await until(lambda: len(hub.tail(7)) == 10, "the part arrives")
    async with hub.subscribe(7) as viewer:
        assert [(await next_part(viewer)).number for _ in range(2)] == [9, 10]


async def test_what_came_last_long_ago_is_not_live(recorder: RecorderTwin, tmp_path: Path) -> None:
    clock = StillClock(0)
    async with StreamHub(tmp_path / "run", clock, look_s=0.05) as hub:
        stream = begin(recorder, tmp_path)
        await connected(hub)
        stream.write(b"x", key=True, at_ms=0)
        await until(lambda: hub.newest_group(7), "the part arrives")
        clock.advance(STALE_S + 1)
        assert hub.newest_group(7) == []
        assert len(hub.tail(7)) == 1  # it is still footage
        async with hub.subscribe(7) as viewer:
            stream.write(b"y", key=True, at_ms=20_000)
            assert (await next_part(viewer)).number == 2


async def test_the_tail_is_bounded_to_a_minute(hub: StreamHub, recorder: RecorderTwin, tmp_path: Path) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    for number in range(300):
        stream.write(b"x", key=number % 4 == 0, at_ms=number * 500)
    await until(lambda: hub.tail(7) and hub.tail(7)[-1].number == 300, "all parts arrive")
    assert hub.tail(7)[0].at_ms == 299 * 500 - KEEP_MS


async def test_end_of_follows_the_open_segment_until_it_is_closed(
    hub: StreamHub, recorder: RecorderTwin, tmp_path: Path
) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    assert hub.end_of(7) is None
    stream.write(b"x", key=True, at_ms=10_000)
    await until(lambda: hub.end_of(7) == 10_500, "the end is known")
    stream.open("segment-2", start_ms=10_500)
    stream.write(b"x", key=True, at_ms=10_500)
    await until(lambda: hub.end_of(7) == 11_000, "the end moves on")
    # The first file is still being finalised: both reach further than the index knows.
    assert [end.segment_id for end in hub.open_ends(7)] == ["segment-1", "segment-2"]
    stream.segment = None
    recorder.tell_line(b'{"t":"closed","stream_id":7,"segment_id":"segment-1","end_ms":10500}\n')
    await until(lambda: [end.segment_id for end in hub.open_ends(7)] == ["segment-2"], "the first is closed")


async def test_what_is_only_shown_has_no_end(hub: StreamHub, recorder: RecorderTwin, tmp_path: Path) -> None:
    stream = recorder.stream(7, tmp_path)
    stream.set_init()
    stream.open("ring-1", recorded=False)
    await connected(hub)
    stream.write(b"x", key=True, at_ms=0)
    await until(lambda: hub.tail(7), "the part arrives")
    assert hub.end_of(7) is None
    assert len(hub.newest_group(7)) == 1


async def test_a_recorder_that_dies_and_comes_back(hub: StreamHub, recorder: RecorderTwin, tmp_path: Path) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    async with hub.subscribe(7) as viewer, hub.watch_statuses() as watch:
        stream.write(b"x", key=True, at_ms=0)
        assert (await next_part(viewer)).number == 1
        await recorder.stop(leave_socket=True)
        while (status := await anext(watch)).state == "recording":
            pass
        assert (status.state, status.cause) == ("waiting", "internal")
        assert "native-0" in status.detail
        assert hub.recorders() == []

        stream.number = 0
        stream.set_status("recording")
        stream.open("segment-2", run_id="run-2")
        await recorder.start()
        await connected(hub)
        stream.write(b"y", key=True, at_ms=60_000)
        part = await next_part(viewer)
        assert (part.number, part.segment.run_id, hub.read(part)) == (1, "run-2", b"y")
        assert hub.statuses()[7].state == "recording"


async def test_a_second_recorder_appears_later(hub: StreamHub, recorder: RecorderTwin, tmp_path: Path) -> None:
    await connected(hub)
    async with RecorderTwin(tmp_path / "run", "libav") as second:
        stream = begin(second, tmp_path, stream_id=8)
        await until(lambda: len(hub.recorders()) == 2, "both are connected")
        stream.write(b"x", key=True, at_ms=0)
        await until(lambda: hub.tail(8), "the part arrives")
        assert hub.reload(["a", "b"]) == 2
        await until(lambda: second.heard and recorder.heard, "both are told")
        assert second.heard[0].cameras == ["a", "b"]
    await until(lambda: [hello.name for hello in hub.recorders()] == ["native-0"], "the second is gone")


async def test_parts_missed_on_the_way_are_told_and_the_segment_is_found_again(
    hub: StreamHub, recorder: RecorderTwin, tmp_path: Path
) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    async with hub.subscribe(7) as viewer:
        stream.write(b"x", key=True, at_ms=0)
        assert (await next_part(viewer)).number == 1
        # The announcements of a new file and of its first part are lost, as the recorder says.
        recorder.tell(Lagged(2))
        stream.dts = 0
        with recorder.losing_messages():
            stream.open("segment-2", run_id="run-2")
            stream.write(b"a", key=True, at_ms=500)
        stream.write(b"b", key=False, at_ms=1000)
        await until(lambda: hub.recorders() == [], "the hub asks anew")
        await connected(hub)
        stream.write(b"c", key=True, at_ms=1500)
        assert hub.read(await next_part(viewer)) == b"c"


@pytest.mark.parametrize(
    "line",
    [
        b"not json\n",
        b"[1,2]\n",
        b'{"t":"part"}\n',
        b'{"t":"part","stream_id":7,"surprise":1}\n',
        b'{"t":"init","stream_id":7,"digest":"d","codecs":"c","timescale":1,"data":"!!!"}\n',
        b"x" * (MAX_LINE + 10),
    ],
)
async def test_nonsense_ends_that_connection_only(
    hub: StreamHub, recorder: RecorderTwin, tmp_path: Path, line: bytes
) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    recorder.tell_line(line)
    await until(lambda: hub.recorders() == [], "the hub hangs up")
    await connected(hub)
    stream.write(b"x", key=True, at_ms=0)
    await until(lambda: hub.tail(7), "the next part arrives")


async def test_a_kind_of_message_from_a_later_version_is_ignored(
    hub: StreamHub, recorder: RecorderTwin, tmp_path: Path
) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    recorder.tell_line(b'{"t":"weather","rain":true}\n')
    stream.write(b"x", key=True, at_ms=0)
    await until(lambda: hub.tail(7), "the next part arrives")


async def test_against_the_recorder_s_own_socket(hub: StreamHub, tmp_path: Path) -> None:
    asked: list[list[str]] = []
    announcer = Announcer(Hello("native-0", "node-1", 1), asked.append)
    # What it said before we came is told on connecting.
    announcer.announce(StreamStatus(7, "camera", "main", "recording", 0))
    announcer.announce(InitAnnounced(7, "d1", "avc1.640028", 90_000, base64.b64encode(b"init").decode()))
    announcer.announce(SegmentOpened(7, "segment-1", "run-1", str(tmp_path / "a.mp4"), "d1", 0, 0, recorded=True))
    await announcer.start(tmp_path / "run" / "native-0.sock")
    try:
        await connected(hub)
        announcer.announce(PartWritten(7, "segment-1", 1, 0, 5, 0, 45_000, 0, key=True))
        await until(lambda: hub.end_of(7) == 500, "the part arrives")
        assert hub.statuses()[7].state == "recording"
        assert hub.newest_group(7)[0].segment.init.data == b"init"
        assert hub.reload(["camera"]) == 1
        await until(lambda: asked == [["camera"]], "the recorder is told")
        announcer.announce(SegmentClosed(7, "segment-1", 500))
        await until(lambda: hub.end_of(7) is None, "the file is closed")
    finally:
        await announcer.aclose()
    await until(lambda: hub.recorders() == [], "the recorder is gone")


async def test_a_lagging_viewer_does_not_hold_up_another(
    hub: StreamHub, recorder: RecorderTwin, tmp_path: Path
) -> None:
    stream = begin(recorder, tmp_path)
    await connected(hub)
    async with hub.subscribe(7) as asleep, hub.subscribe(7) as awake:
        for number in range(200):
            stream.write(b"x", key=number % 4 == 0, at_ms=number * 500)
            assert (await next_part(awake)).number == number + 1
        assert asleep.queued < 20
        assert asleep.dropped > 150
        assert awake.dropped == 0
        told = asleep.dropped
        assert hub.dropped_parts() == told
    assert hub.dropped_parts() == told  # it does not go down when a viewer leaves


async def test_closing_the_hub_ends_subscriptions(tmp_path: Path) -> None:
    async with (
        StreamHub(tmp_path, SystemClock(), look_s=0.05) as hub,
        hub.subscribe(1) as viewer,
        hub.watch_statuses() as watch,
    ):
        await hub.aclose()
        assert await viewer.next() is None
        with pytest.raises(StopAsyncIteration):
            await anext(watch)


def test_open_files_are_bounded_and_a_short_file_is_told(tmp_path: Path) -> None:
    recorder = RecorderTwin(tmp_path)
    stream = recorder.stream(1, tmp_path)
    stream.set_init()
    files = PartFiles(max_open=3)
    live = _as_live(stream, [b"%d" % number for number in range(6)])
    assert [files.read(part) for part in live] == [b"%d" % number for number in range(6)]
    assert len(files) == 3
    Path(live[5].segment.path).write_bytes(b"")
    with pytest.raises(EOFError):
        files.read(live[5])
    Path(live[0].segment.path).unlink()
    with pytest.raises(FileNotFoundError):
        files.read(live[0])
    files.close()
    assert len(files) == 0


def _as_live(stream: StreamTwin, datas: list[bytes]) -> list[LivePart]:
    from vedette.live.parts import LiveInit, LiveSegment

    parts = []
    for number, data in enumerate(datas):
        path = stream.open(f"segment-{number}")
        written: PartWritten = stream.write(data, key=True, at_ms=0)
        segment = LiveSegment(
            f"segment-{number}", "run-1", str(path), LiveInit("d", "c", 90_000, b""), 0, 0, recorded=True
        )
        parts.append(LivePart(segment, 1, written.offset, written.length, 0, 1, 0, key=True))
    return parts
