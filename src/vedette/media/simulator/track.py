"""One loop of a track, cut into interleaved RTP packets once and sent for ever, to any number of viewers.

Sequence numbers and time stamps go on over the seam of the loop without end. All cameras that show a clip share its
buffer: a unit's headers are written anew when the first viewer needs it in a new pass (4 us for a video frame), and
viewers are never more than their phase (less than a loop) apart.
"""

import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vedette.media.rtsp_server import payloads
from vedette.media.simulator.clips import CodedFrame
from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.nals import nal_units
from vedette.media.simulator.sound import Sound

VIDEO_CLOCK = 90_000
_PAYLOAD_TYPES = {"pcmu": 0, "pcma": 8, "mjpeg": 26}


@dataclass(frozen=True, slots=True)
class Unit:
    """One frame: its RTP payloads and its time in the loop in ticks of the track's clock."""

    payloads: list[bytes]
    ticks: int
    key: bool


class Track:
    """`channel` is the interleaved channel of its RTP packets (RTCP: one more); `clock` the RTP clock in Hz.

    `base` is the RTP time stamp of wall-clock time 0 of a camera without phase: arbitrary, as RFC 3550 asks.
    """

    def __init__(self, name: str, codec: str, channel: int, clock: int, units: Sequence[Unit]) -> None:
        digest = hashlib.sha256(name.encode()).digest()
        self.codec, self.channel, self.clock = codec, channel, clock
        self.payload_type = _PAYLOAD_TYPES.get(codec, 96 + channel // 2)
        self.ssrc = int.from_bytes(digest[0:4], "big")
        self.base = int.from_bytes(digest[4:8], "big")
        self._first_sequence = int.from_bytes(digest[8:10], "big")
        self.loop_ticks = LOOP_MS * clock // 1000
        self.packets = 0  # in the loop
        self._ticks = [unit.ticks for unit in units]
        self.keys = [unit.key for unit in units]
        self._headers: list[list[int]] = []  # where in the buffer each unit's RTP headers are
        self._first: list[int] = []
        self._pass: list[int | None] = [None] * len(units)
        bounds = [0]
        pieces = bytearray()
        for unit in units:
            self._first.append(self.packets)
            self._headers.append(self._append(pieces, unit.payloads))
            self.packets += len(unit.payloads)
            bounds.append(len(pieces))
        self._buffer = pieces
        whole = memoryview(pieces)
        self._views = [whole[start:end] for start, end in pairwise(bounds)]

    @property
    def count(self) -> int:
        """Units (frames) in the loop."""
        return len(self._views)

    def unit(self, loop: int, index: int) -> memoryview:
        """Unit `index` of pass `loop`, framed for sending. Valid until the same unit of another pass is asked for."""
        if self._pass[index] != loop:
            sequence = self.sequence(loop, index)
            stamp = self.time_stamp(loop, index)
            for offset in self._headers[index]:
                struct.pack_into(">HI", self._buffer, offset + 2, sequence & 0xFFFF, stamp)
                sequence += 1
            self._pass[index] = loop
        return self._views[index]

    def unit_packets(self, index: int) -> int:
        """How many RTP packets unit `index` has."""
        return len(self._headers[index])

    def sequence(self, loop: int, index: int) -> int:
        """The RTP sequence number of a unit's first packet, not reduced to 16 bits."""
        return self._first_sequence + loop * self.packets + self._first[index]

    def time_stamp(self, loop: int, index: int) -> int:
        """The RTP time stamp of a unit."""
        return (self.base + loop * self.loop_ticks + self._ticks[index]) & 0xFFFF_FFFF

    def rtp_time(self, media_ms: float) -> int:
        """The RTP time stamp of a point on the camera's time line, milliseconds."""
        return (self.base + round(media_ms * self.clock / 1000)) & 0xFFFF_FFFF

    def _append(self, pieces: bytearray, packets: list[bytes]) -> list[int]:
        headers = []
        for index, payload in enumerate(packets):
            marker = index == len(packets) - 1
            pieces += struct.pack(">BBH", 0x24, self.channel, 12 + len(payload))
            headers.append(len(pieces))
            pieces += struct.pack(">BBHII", 0x80, marker << 7 | self.payload_type, 0, 0, self.ssrc) + payload
        return headers


def video_track(name: str, codec: str, fps: int, shift: int, frames: Sequence[CodedFrame], *, aggregate: bool) -> Track:
    """The track of a clip's frames; `shift` is the number of the clip's first picture."""
    cut: dict[str, Callable[[bytes], list[bytes]]] = {
        "h264": lambda data: payloads.h264(nal_units(data), aggregate=aggregate),
        "h265": lambda data: payloads.h265(nal_units(data), aggregate=aggregate),
        "mjpeg": payloads.mjpeg,
    }
    ticks = VIDEO_CLOCK // fps
    units = [Unit(cut[codec](frame.data), (frame.position + shift) * ticks, frame.key) for frame in frames]
    return Track(name, codec, 0, VIDEO_CLOCK, units)


def audio_track(name: str, sound: Sound) -> Track:
    """The track of a sound's frames."""
    cut = payloads.aac if sound.codec == "aac" else payloads.whole
    units = [Unit(cut(frame), index * sound.samples_per_frame, True) for index, frame in enumerate(sound.frames)]
    return Track(name, sound.codec, 2, sound.sample_rate, units)
