"""The transport of one viewer: ICE, DTLS and SRTP by aiortc, whose ORTC half is used without its RTCPeerConnection.

Not for import by name: aiortc takes 0.4 s and 30 MB, so `sessions` loads this module in a thread once the process
serves. Whatever of aiortc and aioice is not their public interface is used here and in `ice` only, and
`tests/live/whep/test_aiortc.py` fails when it changes.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final, Protocol

from aiortc import RTCCertificate, RTCDtlsTransport, RTCIceGatherer, RTCIceTransport
from aiortc.exceptions import InvalidStateError
from aiortc.rtcdtlstransport import RTCDtlsFingerprint, RTCDtlsParameters
from aiortc.rtcicetransport import RTCIceParameters
from aiortc.rtp import (
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
)
from aiortc.sdp import candidate_from_sdp, candidate_to_sdp
from pylibsrtp import Error as SrtpError

from vedette.core.logs import get_logger
from vedette.live.whep.answer import Local
from vedette.live.whep.datagrams import Datagrams
from vedette.live.whep.ice import host_connection
from vedette.live.whep.offer import Ice
from vedette.live.whep.options import IceOptions

log = get_logger("live.whep")

_CERTIFICATE_S: Final = 86_400.0


class Feedback(Protocol):
    """What a viewer's player tells of one track."""

    def missing(self, ssrc: int, sequences: Sequence[int]) -> None:
        """Packets that did not come (NACK)."""
        ...

    def picture_lost(self, ssrc: int) -> None:
        """It can't go on without a key frame (PLI, FIR)."""
        ...

    def reported(self, ssrc: int, lost: int) -> None:
        """A receiver report: packets lost since the beginning."""
        ...


class Certificates:
    """One certificate for all viewers, renewed daily: making one takes longer than all else of a connection."""

    def __init__(self) -> None:
        self._made: RTCCertificate | None = None
        self._made_s = 0.0

    def get(self) -> RTCCertificate:
        now = time.monotonic()
        if self._made is None or now - self._made_s > _CERTIFICATE_S:
            self._made = RTCCertificate.generateCertificate()
            self._made_s = now
        return self._made


class _Track:
    """What aiortc's router of RTCP hands to the sender of one SSRC."""

    def __init__(self, ssrc: int, feedback: Feedback) -> None:
        self._ssrc = ssrc
        self._feedback = feedback

    async def _handle_rtcp_packet(self, packet: AnyRtcpPacket) -> None:
        if isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
            self._feedback.missing(self._ssrc, packet.lost)
        elif isinstance(packet, RtcpPsfbPacket) and packet.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR):
            self._feedback.picture_lost(self._ssrc)
        elif isinstance(packet, RtcpRrPacket | RtcpSrPacket):
            for report in packet.reports:
                if report.ssrc == self._ssrc:
                    self._feedback.reported(self._ssrc, report.packets_lost)


class Peer:
    """Make it with `open`, answer with `local`, then `connect`. `ended` is set when the other side is gone."""

    def __init__(self, options: IceOptions, certificate: RTCCertificate) -> None:
        gatherer = RTCIceGatherer(iceServers=[])
        self._connection = gatherer._connection = host_connection(options)
        self._gatherer = gatherer
        self._ice = RTCIceTransport(gatherer)
        self._dtls = RTCDtlsTransport(self._ice, [certificate])
        self._options = options
        self._datagrams = Datagrams()
        self.ended = asyncio.Event()
        self._ice.on("statechange", self._changed)
        self._dtls.on("statechange", self._changed)

    @classmethod
    async def open(cls, options: IceOptions, certificates: Certificates) -> "Peer":
        """Opens UDP ports. Raises OSError when there is none left."""
        peer = cls(options, certificates.get())
        try:
            await peer._gatherer.gather()
            if not peer._gatherer.getLocalCandidates():
                raise OSError("no UDP port could be opened on any address of this machine")
        except BaseException:
            await peer.aclose()
            raise
        return peer

    @property
    def local(self) -> Local:
        """What the answer says of our end."""
        ice = self._gatherer.getLocalParameters()
        prints = self._dtls.getLocalParameters().fingerprints
        first = next(one for one in prints if one.algorithm == "sha-256")
        candidates = self._gatherer.getLocalCandidates()
        lines = [candidate_to_sdp(candidate) for candidate in candidates]
        lines += self._options.announced(lines)
        return Local(ice.usernameFragment or "", ice.password or "", f"{first.algorithm} {first.value}", lines)

    @property
    def unsent(self) -> int:
        """Packets that the machine did not take."""
        return self._datagrams.dropped

    async def connect(self, remote: Ice, ssrcs: Sequence[int], feedback: Feedback) -> None:
        """Waits until the other side has proven itself, for as long as it takes. Raises ConnectionError."""
        if self._options.servers:
            await self._take(remote.candidates)
        # Otherwise not one datagram goes to an address that did not send us a proper check first: it reaches us at
        # ours, and is known by that. Candidates of browsers are names (`.local`) that nobody here can resolve anyway.
        prints = [RTCDtlsFingerprint(algorithm, value) for algorithm, value in remote.fingerprints]
        if remote.setup == "active":
            self._dtls._set_role("server")
        for ssrc in ssrcs:
            self._dtls._rtp_router.register_sender(_Track(ssrc, feedback), ssrc=ssrc)
        try:
            await self._ice.start(RTCIceParameters(usernameFragment=remote.ufrag, password=remote.pwd))
            if self._ice.state != "completed":
                raise ConnectionError("no way to the player was found (ICE)")
            await self._dtls.start(RTCDtlsParameters(prints))
        except InvalidStateError as error:
            raise ConnectionError("the connection was closed") from error
        if self._dtls.state != "connected":
            raise ConnectionError("the player could not prove who it is (DTLS)")

    async def _take(self, candidates: Sequence[str]) -> None:
        for value in candidates:
            try:
                candidate = candidate_from_sdp(value)
                if not candidate.ip.lower().endswith(".local") and candidate.protocol.lower() == "udp":
                    await self._ice.addRemoteCandidate(candidate)
            except (AssertionError, ValueError):
                continue  # nonsense, or of a kind that is not known here

    def send(self, packets: Sequence[bytes]) -> None:
        """Encrypts RTP packets and sends them. Never waits: what the machine does not take is lost."""
        if self._dtls.state != "connected":
            return
        protect = self._dtls._tx_srtp.protect
        try:
            self._datagrams.send([protect(packet) for packet in packets], self._connection._nominated.get(1))
        except SrtpError as error:
            log.warning("a packet could not be encrypted", error=str(error))

    def send_control(self, packet: bytes) -> None:
        """The same for RTCP."""
        if self._dtls.state == "connected":
            self._datagrams.send([self._dtls._tx_srtp.protect_rtcp(packet)], self._connection._nominated.get(1))

    async def aclose(self) -> None:
        """Tells the other side, and closes the ports."""
        self._datagrams.close()
        await self._dtls.stop()
        await self._ice.stop()
        self.ended.set()

    def _changed(self, *_: Any) -> None:
        if self._ice.state in ("failed", "closed") or self._dtls.state in ("failed", "closed"):
            self.ended.set()
