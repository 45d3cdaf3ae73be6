"""What is used of aiortc beside its public interface: fails when another version has it otherwise, or no more."""

import asyncio
import subprocess
import sys
from importlib import metadata
from typing import Any

import aioice
import pytest
from aiortc import (
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)
from aiortc.rtcrtpparameters import RTCRtpReceiveParameters
from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, RtcpRtpfbPacket
from pylibsrtp import Policy, Session

from vedette.live.whep.offer import Ice
from vedette.live.whep.options import IceOptions
from vedette.live.whep.peer import Certificates, Peer
from vedette.live.whep.sender import HISTORY, TrackSender

pytestmark = pytest.mark.anyio


class Heard:
    """What a peer tells."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

    def missing(self, ssrc: int, sequences: Any) -> None:
        self.told.append(("missing", (ssrc, list(sequences))))

    def picture_lost(self, ssrc: int) -> None:
        self.told.append(("picture lost", ssrc))

    def reported(self, ssrc: int, lost: int) -> None:
        self.told.append(("reported", (ssrc, lost)))


async def two_ends() -> tuple[Peer, RTCDtlsTransport, RTCIceTransport, Heard]:
    """A connected peer, and aiortc's own transport at the other end."""
    certificates, heard = Certificates(), Heard()
    peer = await Peer.open(IceOptions(), certificates)
    gatherer = RTCIceGatherer(iceServers=[])
    await gatherer.gather()
    ice = RTCIceTransport(gatherer)
    dtls = RTCDtlsTransport(ice, [certificates.get()])
    ice._connection.ice_controlling = True
    theirs = gatherer.getLocalParameters()
    prints = [(one.algorithm, one.value) for one in dtls.getLocalParameters().fingerprints]
    remote = Ice(theirs.usernameFragment or "", theirs.password or "", "actpass", prints)
    for line in peer.local.candidates:
        await ice._connection.add_remote_candidate(aioice.Candidate.from_sdp(line))

    async def other_end() -> None:
        await ice.start(RTCIceParameters(usernameFragment=peer.local.ufrag, password=peer.local.pwd))
        algorithm, _, value = peer.local.fingerprint.partition(" ")
        dtls._set_role("server")
        await dtls.start(RTCDtlsParameters([RTCDtlsFingerprint(algorithm, value)]))

    async with asyncio.timeout(20):
        await asyncio.gather(peer.connect(remote, [4711], heard), other_end())
    return peer, dtls, ice, heard


async def test_packets_and_reports_go_through_and_feedback_comes_back() -> None:
    peer, dtls, ice, heard = await two_ends()
    got: list[bytes] = []
    reports: list[Any] = []

    class Receiver:
        async def _handle_rtp_packet(self, packet: Any, arrival_time_ms: int) -> None:
            got.append(packet.payload)

        async def _handle_rtcp_packet(self, packet: Any) -> None:
            reports.append(packet)

        def _handle_disconnect(self) -> None: ...

    receiver: Any = Receiver()
    dtls._register_rtp_receiver(receiver, RTCRtpReceiveParameters(codecs=[]))
    dtls._rtp_router.ssrc_table[4711] = receiver
    dtls._rtp_router.payload_type_table[102] = {receiver}
    track = TrackSender(peer.send, 4711, 102, 90_000, 65_500)
    for number in range(100):
        track.frame([b"%d" % number, bytes(1200), bytes(1200), b"end"], number)
        await asyncio.sleep(0.001)  # the other end has to read
    peer.send_control(track.report(1_700_000_000_000))
    # An old packet goes through the window of SRTP once more, also over a wrap of the numbers.
    track.repeat([(65_500 + 399 - HISTORY // 4) & 0xFFFF], 1.0)
    await dtls._send_rtp(bytes(RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=4711, lost=[7, 8, 30])))
    await dtls._send_rtp(bytes(RtcpPsfbPacket(fmt=1, ssrc=1, media_ssrc=4711)))
    async with asyncio.timeout(10):
        while len(got) < 400 or len(heard.told) < 2 or not reports:
            await asyncio.sleep(0.01)
    assert got[:2] == [b"0", bytes(1200)]
    assert [int(payload) for payload in got if payload.isdigit()] == list(range(100))
    assert heard.told == [("missing", (4711, [7, 8, 30])), ("picture lost", 4711)]
    assert reports[0].sender_info.packet_count == 400
    assert peer.unsent == 0
    await dtls.stop()
    async with asyncio.timeout(10):
        await peer.ended.wait()
    await peer.aclose()
    await ice.stop()


async def test_a_peer_that_is_closed_early_lets_go() -> None:
    peer = await Peer.open(IceOptions(), Certificates())
    connecting = asyncio.create_task(peer.connect(Ice("abcd", "x" * 22, "", [("sha-256", "AB")]), [1], Heard()))
    await asyncio.sleep(0.05)
    await peer.aclose()
    with pytest.raises(ConnectionError):
        await connecting
    peer.send([b"too late"])
    peer.send_control(b"\x80\xc8too late")


async def test_names_are_not_resolved() -> None:
    options = IceOptions(servers=("stun:127.0.0.1:9",))
    peer = await Peer.open(options, Certificates())
    try:
        await peer._take(["1 1 udp 1 one.local 5000 typ host", "nonsense", "2 1 udp 1 192.0.2.9 5000 typ host"])
        known = [one.ip for one in peer._ice.getRemoteCandidates()]
        assert known == ["192.0.2.9"]
    finally:
        await peer.aclose()


def test_the_version_is_the_one_that_was_looked_at() -> None:
    assert metadata.version("aiortc") == "1.16.0"
    assert {"_tx_srtp", "_rtp_router", "_set_role"} <= set(dir(RTCDtlsTransport)) | set(
        RTCDtlsTransport.__init__.__code__.co_names
    )
    assert "protect" in dir(Session)
    assert "allow_repeat_tx" in dir(Policy)
    assert RtcpPacket.parse(bytes(RtcpPsfbPacket(fmt=1, ssrc=1, media_ssrc=2)))


def test_the_api_starts_without_it() -> None:
    code = (
        "import sys, vedette.api.app, vedette.live.whep.router\n"
        "sys.exit(bool({'aiortc', 'aioice', 'pylibsrtp'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
