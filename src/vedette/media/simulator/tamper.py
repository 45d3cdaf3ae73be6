"""Altering packets on their way to one viewer: loss, noise, cut packets, clocks that jump, key frames withheld."""

import random
import struct
from collections.abc import Iterator

from vedette.media.simulator.faults import Faults
from vedette.media.simulator.track import Track


class Tamperer:
    """Rewrites the packets of one viewer, and moves them to the interleaved channels that it asked for.

    What chance decides comes from `rng`. Withheld key frames leave no hole in the sequence numbers: the camera did not
    make them. Lost packets do.
    """

    def __init__(self, faults: Faults, channels: dict[int, int], rng: random.Random) -> None:
        self.faults = faults
        self._channels = channels
        self._rng = rng
        self._withheld: dict[int, int] = {}  # packets per track's own channel

    def clock_offset_s(self, elapsed_s: float) -> float:
        """How wrong the camera's clock is, so long after PLAY."""
        return self.faults.jump if self.faults.jump and elapsed_s >= self.faults.at else 0.0

    def unit(self, track: Track, view: memoryview, key: bool, nth_of_second: int, elapsed_s: float) -> bytes:
        """The bytes to send instead of a unit's `view`. `nth_of_second` counts frames within the second."""
        packets = list(_packets(view))
        if key and track.channel == 0 and elapsed_s < self.faults.nokey:
            self._withheld[track.channel] = self._withheld.get(track.channel, 0) + len(packets)
            return b""
        shift_s = self.clock_offset_s(elapsed_s)
        if self.faults.back and nth_of_second == 0:
            shift_s -= self.faults.back
        ticks = round(shift_s * track.clock)
        withheld = self._withheld.get(track.channel, 0)
        return b"".join(self._packet(track, packet, ticks, withheld) for packet in packets)

    def _packet(self, track: Track, packet: bytearray, ticks: int, withheld: int) -> bytes:
        sequence, stamp = struct.unpack_from(">HI", packet, 2)
        struct.pack_into(">HI", packet, 2, (sequence - withheld) & 0xFFFF, (stamp + ticks) & 0xFFFF_FFFF)
        if self._chance(self.faults.loss):
            return b""
        noise = self._rng.randbytes(self._rng.randint(1, 300)) if self._chance(self.faults.garbage) else b""
        if self._chance(self.faults.truncate):
            del packet[self._rng.randint(0, min(len(packet), 40)) :]
        return noise + struct.pack(">BBH", 0x24, self._channels[track.channel], len(packet)) + packet

    def _chance(self, percent: float) -> bool:
        return percent > 0 and self._rng.random() * 100 < percent


def _packets(view: memoryview) -> Iterator[bytearray]:
    offset = 0
    while offset < len(view):
        (length,) = struct.unpack_from(">H", view, offset + 2)
        yield bytearray(view[offset + 4 : offset + 4 + length])
        offset += 4 + length
