"""A camera whose recorder a test speaks for, and what its HLS knows."""

from typing import Any

from tests.support.hls import Listed, read
from tests.support.recorder_twin import RecorderTwin, StreamTwin, until
from tests.support.running import RunningApp
from vedette.live.hls.service import HlsService

DIGEST = "d" * 64
PLAYLIST = "/live/front-door/hls/main/index.m3u8"


def service(app: RunningApp) -> HlsService:
    hls: HlsService = app.app.state.hls
    return hls


async def begin(app: RunningApp, recorder: RecorderTwin, *, parts: int = 9, **camera: Any) -> StreamTwin:
    """The camera `front-door`, being recorded, with some parts of half a second and a key frame every second."""
    made = await app.add_camera("Front door", **camera)
    stream = recorder.stream(made["streams"][0]["id"], app.data)
    stream.set_status("recording")
    stream.set_init(b"the init", digest=DIGEST)
    stream.open("segment-1")
    for _ in range(parts):
        write(stream)
    await until(lambda: len(app.hub.tail(stream.stream_id)) == parts, "the parts arrive")
    return stream


def write(stream: StreamTwin) -> None:
    number = stream.number
    stream.write(b"part %d;" % number, key=number % 2 == 0, at_ms=1_700_000_000_000 + 500 * number)


def listed(text: str) -> list[Listed]:
    return read(text).segments
