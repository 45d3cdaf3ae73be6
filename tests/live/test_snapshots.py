"""Snapshots: of now, of the past, shared, bounded, and honest when there is none."""

import asyncio
import threading
from dataclasses import replace
from io import BytesIO

import av
import pytest

from tests.support.footage import T0
from tests.support.library import clip
from tests.support.recorder_twin import StreamTwin, until
from tests.support.world import NOW, World, announce
from vedette.core.errors import VedetteError
from vedette.http.instants import format_instant
from vedette.live.snapshots import AT_ONCE, MAX_WAITING, LiveKeyFrame, Snapshots

pytestmark = pytest.mark.anyio


def size(picture: bytes) -> tuple[int, int]:
    with av.open(BytesIO(picture), "r") as container:
        frame = next(container.decode(video=0))
        return frame.width, frame.height


async def live(world: World, twin: StreamTwin) -> None:
    """Footage up to this moment, of which the hub knows."""
    file = (await world.library.record(world.stream_id, NOW - 6000, clip(), open_last=True))[-1]
    announce(twin, file)
    await until(lambda: world.app.hub.end_of(world.stream_id) == NOW, "the hub knows the open file")


async def test_the_newest_picture(world: World, gate_twin: StreamTwin) -> None:
    await live(world, gate_twin)
    answer = await world.http.get("/cameras/gate/snapshot.jpg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["x-captured-at"] == format_instant(NOW - 1000)
    assert size(answer.content) == (320, 180)
    again = await world.http.get("/cameras/gate/snapshot.jpg", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    small = await world.http.get(f"/cameras/{world.camera_id}/snapshot.jpg", params={"width": 160})
    assert size(small.content) == (160, 90)
    assert small.headers["etag"] != answer.headers["etag"]


async def test_a_picture_of_the_past(world: World) -> None:
    await world.library.record(world.stream_id, T0, clip())
    answer = await world.http.get("/cameras/gate/snapshot.jpg", params={"at": format_instant(T0 + 3500)})
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-captured-at"] == format_instant(T0 + 3000)
    assert answer.headers["cache-control"] == "private, max-age=300"
    assert size(answer.content) == (320, 180)
    gap = await world.http.get("/cameras/gate/snapshot.jpg", params={"at": format_instant(T0 + 60_000)})
    assert (gap.status_code, gap.json()["code"]) == (404, "playback.no_footage")


async def test_no_live_picture_says_why_and_what_to_do(world: World, gate_twin: StreamTwin) -> None:
    answer = await world.http.get("/cameras/gate/snapshot.jpg")
    assert (answer.status_code, answer.json()["code"]) == (503, "snapshot.no_picture")
    gate_twin.set_status("waiting", cause="unauthorized", detail="The camera refuses the password.")
    await until(lambda: world.app.hub.status(world.stream_id), "the state arrives")
    assert "refuses the password" in (await world.http.get("/cameras/gate/snapshot.jpg")).json()["detail"]
    await live(world, gate_twin)
    assert (await world.http.get("/cameras/gate/snapshot.jpg")).status_code == 200
    world.clock.advance(60)  # the camera went away a minute ago
    assert (await world.http.get("/cameras/gate/snapshot.jpg")).status_code == 503


async def test_a_page_may_ask_for_a_picture_if_there_is_one(world: World, gate_twin: StreamTwin) -> None:
    """The browser's console calls every answer but a success a fault."""
    if_any = {"missing": "empty"}
    then = if_any | {"at": format_instant(T0 + 60_000)}
    for params in (if_any, then):
        answer = await world.http.get("/cameras/gate/snapshot.jpg", params=params)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["cache-control"] == "no-store"
    assert (await world.http.get("/cameras/nobody/snapshot.jpg", params=if_any)).status_code == 404
    assert (await world.http.get("/cameras/gate/snapshot.jpg", params={"missing": "x"})).status_code == 422
    await live(world, gate_twin)
    answer = await world.http.get("/cameras/gate/snapshot.jpg", params=if_any)
    assert (answer.status_code, size(answer.content)) == (200, (320, 180))
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await world.http.get("/cameras/gate/snapshot.jpg", params=if_any, headers=known)).status_code == 304


async def test_a_damaged_or_missing_file(world: World) -> None:
    files = await world.library.record(world.stream_id, T0, clip())
    files[0].path.unlink()
    content = bytearray(files[1].content)
    at = files[1].parts[0][0]
    content[at : at + 8] = b"garbage!"
    files[1].path.write_bytes(content)
    content = bytearray(files[2].content)
    at, part = files[2].parts[0]
    mdat = part.data.index(b"mdat") + 4
    content[at + mdat : at + len(part.data)] = bytes(len(part.data) - mdat)
    files[2].path.write_bytes(content)
    codes = []
    for second in (0, 2, 4):
        answer = await world.http.get("/cameras/gate/snapshot.jpg", params={"at": format_instant(T0 + second * 1000)})
        codes.append((answer.status_code, answer.json()["code"]))
    assert codes == [(404, "recording.file_missing"), (404, "recording.damaged"), (503, "snapshot.undecodable")]


REFUSED = ["width=1", "width=100000", "at=now", "stream=third"]


async def test_input_that_is_refused(world: World) -> None:
    for query in REFUSED:
        answer = await world.http.get(f"/cameras/gate/snapshot.jpg?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
        assert (await world.http.get("/cameras/nobody/snapshot.jpg")).status_code == 404


class CountingDecoder:
    """Decodes when it is let, and counts."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.calls = 0
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def __call__(self, init: bytes, part: bytes, width: int | None) -> bytes:
        with self._lock:
            self.calls += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.go.wait(10)
        with self._lock:
            self.at_once -= 1
        return part


FRAME = LiveKeyFrame("a-1", b"init", b"picture", 0)


async def test_the_same_picture_is_decoded_once() -> None:
    decoder = CountingDecoder()
    snapshots = Snapshots(decoder)
    asked = [asyncio.create_task(snapshots.jpeg(FRAME, None)) for _ in range(5)]
    await asyncio.sleep(0)
    asked[0].cancel()  # one goes away: the others still get it
    decoder.go.set()
    assert await asyncio.gather(*asked[1:]) == [b"picture"] * 4
    assert await snapshots.jpeg(FRAME, None) == b"picture"
    assert decoder.calls == 1
    await snapshots.jpeg(FRAME, 100)
    assert decoder.calls == 2


async def test_few_are_decoded_at_once_and_a_long_line_is_refused() -> None:
    decoder = CountingDecoder()
    snapshots = Snapshots(decoder)
    frames = [replace(FRAME, name=str(number)) for number in range(MAX_WAITING)]
    asked = [asyncio.create_task(snapshots.jpeg(frame, None)) for frame in frames]
    await asyncio.sleep(0)
    with pytest.raises(VedetteError, match="Too many pictures"):
        await snapshots.jpeg(FRAME, None)
    decoder.go.set()
    await asyncio.gather(*asked)
    assert decoder.most_at_once <= AT_ONCE
    assert await snapshots.jpeg(FRAME, None) == b"picture"


async def test_the_cache_is_bounded_by_bytes() -> None:
    decoder = CountingDecoder()
    decoder.go.set()
    snapshots = Snapshots(decoder, cache_bytes=25)
    for name in ("a", "b", "c", "d", "c", "d", "a"):
        await snapshots.jpeg(replace(FRAME, name=name, part=bytes(10)), None)
    assert decoder.calls == 5  # c and d were kept, a was not
