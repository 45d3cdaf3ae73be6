"""WebRTC receivers that decrypt and throw away, in a process of their own.

`python -m benchmarks.receivers ADDRESS TOKEN CAMERA COUNT` prints `ready` when all get pictures, and goes on until its
input ends.
"""

import asyncio
import sys
from typing import Any

import httpx
from aioice import Candidate
from aiortc import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)
from aiortc.rtp import RtcpReceiverInfo, RtcpRrPacket

_OFFER = """v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=video 9 UDP/TLS/RTP/SAVPF 102
c=IN IP4 0.0.0.0
a=mid:0
a=recvonly
a=rtcp-mux
a=rtpmap:102 H264/90000
a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f
a=rtcp-fb:102 nack
a=rtcp-fb:102 nack pli
a=ice-ufrag:{ufrag}
a=ice-pwd:{pwd}
a=fingerprint:sha-256 {print}
a=setup:passive
"""


class Receiver:
    """One viewer. `packets` counts what came."""

    def __init__(self, certificate: RTCCertificate) -> None:
        self.packets = 0
        self._gatherer = RTCIceGatherer(iceServers=[])
        self._ice = RTCIceTransport(self._gatherer)
        self._ice._connection.ice_controlling = True
        self._dtls = RTCDtlsTransport(self._ice, [certificate])

    async def connect(self, http: httpx.AsyncClient, camera: str) -> None:
        """Raises RuntimeError when it is refused."""
        await self._gatherer.gather()
        ours = self._gatherer.getLocalParameters()
        print_ = next(one.value for one in self._dtls.getLocalParameters().fingerprints if one.algorithm == "sha-256")
        offer = _OFFER.format(ufrag=ours.usernameFragment, pwd=ours.password, print=print_)
        answer = await http.post(
            f"/api/v1/live/{camera}/whep", content=offer, headers={"Content-Type": "application/sdp"}
        )
        if answer.status_code != 201:
            raise RuntimeError(answer.text)
        lines = [line.partition(":") for line in answer.text.splitlines() if line.startswith("a=")]
        said = {name.removeprefix("a="): value for name, _, value in lines}
        for name, _, value in lines:
            if name == "a=candidate":
                await self._ice._connection.add_remote_candidate(Candidate.from_sdp(value))
        await self._ice.start(RTCIceParameters(usernameFragment=said["ice-ufrag"], password=said["ice-pwd"]))
        algorithm, _, value = said["fingerprint"].partition(" ")
        receiver: Any = self
        self._dtls._rtp_router.route_rtp = lambda _packet: receiver  # type: ignore[method-assign, assignment] # all
        self._dtls._set_role("server")
        await self._dtls.start(RTCDtlsParameters([RTCDtlsFingerprint(algorithm, value)]))
        self._ssrc = int(said["ssrc"].split()[0])

    async def report(self) -> None:
        """Says that it is there."""
        info = RtcpReceiverInfo(
            ssrc=self._ssrc, fraction_lost=0, packets_lost=0, highest_sequence=0, jitter=0, lsr=0, dlsr=0
        )
        await self._dtls._send_rtp(bytes(RtcpRrPacket(ssrc=1, reports=[info])))

    async def _handle_rtp_packet(self, packet: object, arrival_time_ms: int) -> None:
        self.packets += 1

    def _handle_disconnect(self) -> None:
        pass


async def run(address: str, token: str, camera: str, count: int) -> None:
    """Watches until standard input ends."""
    certificate = RTCCertificate.generateCertificate()
    receivers = [Receiver(certificate) for _ in range(count)]
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=address, timeout=30, headers=headers) as http:
        for start in range(0, count, 8):
            await asyncio.gather(*(one.connect(http, camera) for one in receivers[start : start + 8]))
    while not all(one.packets for one in receivers):
        await asyncio.sleep(0.1)
    print("ready", flush=True)
    ended = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    while not ended.done():
        for one in receivers:
            await one.report()
        await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
