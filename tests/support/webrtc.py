"""A WebRTC player for tests: aiortc's own receiver, which decodes what the server sends."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from tests.support.burned import number_of
from tests.support.lossy import LossyNetwork

SDP = {"Content-Type": "application/sdp"}


@dataclass
class WebRtcViewer:
    """`numbers` are those burned into the decoded pictures, `came_s` when (monotonic), `sizes` their width. `answer` is
    that of the server."""

    pc: RTCPeerConnection
    answer: httpx.Response
    numbers: list[int | None] = field(default_factory=list)
    came_s: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    sounds: list[AudioFrame] = field(default_factory=list)

    async def until_frames(self, count: int, seconds: float = 30) -> list[int | None]:
        """The numbers of the pictures, once there are so many."""
        async with asyncio.timeout(seconds):
            while len(self.numbers) < count:
                await asyncio.sleep(0.02)
        return list(self.numbers)

    async def until_over(self, seconds: float = 15) -> None:
        """Waits until the server has ended it."""
        async with asyncio.timeout(seconds):
            while self.pc.connectionState not in ("closed", "failed"):
                await asyncio.sleep(0.05)

    async def take(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if isinstance(frame, VideoFrame):
                    self.numbers.append(number_of(frame))
                    self.came_s.append(time.monotonic())
                    self.sizes.append(frame.width)
                elif isinstance(frame, AudioFrame):
                    self.sounds.append(frame)


async def offer_of(pc: RTCPeerConnection, *, audio: bool = False, codec: str = "video/H264") -> str:
    """An offer to receive."""
    video = pc.addTransceiver("video", direction="recvonly")
    known = RTCRtpReceiver.getCapabilities("video")
    assert known is not None
    video.setCodecPreferences([one for one in known.codecs if one.mimeType == codec])
    if audio:
        pc.addTransceiver("audio", direction="recvonly")
    await pc.setLocalDescription(await pc.createOffer())
    return pc.localDescription.sdp


@asynccontextmanager
async def webrtc_viewer(
    http: httpx.AsyncClient,
    camera: str,
    *,
    audio: bool = False,
    headers: dict[str, str] | None = None,
    network: LossyNetwork | None = None,
    **query: str,
) -> AsyncIterator[WebRtcViewer]:
    """Watches a camera, and goes away at the end. `query` is the address's."""
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    tasks: list[asyncio.Task[None]] = []
    try:
        offer = await offer_of(pc, audio=audio)
        given = {**SDP, **(headers or {})}
        answer = await http.post(f"/live/{camera}/whep", content=offer, headers=given, params=query)
        assert answer.status_code == 201, answer.text
        viewer = WebRtcViewer(pc, answer)
        pc.on("track", lambda track: tasks.append(asyncio.create_task(viewer.take(track))))
        text = await network.between(answer.text) if network else answer.text
        await pc.setRemoteDescription(RTCSessionDescription(text, "answer"))
        yield viewer
    finally:
        await pc.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
