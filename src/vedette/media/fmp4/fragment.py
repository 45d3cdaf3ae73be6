"""One movie fragment: `moof` + `mdat` (ISO/IEC 14496-12, section 8.8; a CMAF chunk, but with both tracks in it).

The samples of a track lie together in the `mdat`, one `trun` each. What all samples of a run share stands once: that
keeps parts small, and lets the sample tables be taken over from them as they are.
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from vedette.media.fmp4.init import SYNC_SAMPLE, track_id

# trun flags (section 8.8.8)
TRUN_DATA_OFFSET: Final = 0x1
TRUN_FIRST_FLAGS: Final = 0x4
TRUN_DURATIONS: Final = 0x100
TRUN_SIZES: Final = 0x200
TRUN_OFFSETS: Final = 0x800
# tfhd flags (section 8.8.7)
TFHD_DURATION: Final = 0x8
TFHD_BASE_IS_MOOF: Final = 0x20000

MDAT_HEADER: Final = 8
_MOOF_HEADERS: Final = 8 + 16

_moof: Final = struct.Struct(">I4sI4sII").pack
_traf: Final = struct.Struct(">I4sI4sII").pack
_trun: Final = struct.Struct(">I4sIII").pack
_tfdt: Final = struct.Struct(">I4sIQ").pack
_mdat: Final = struct.Struct(">I4s").pack


@lru_cache(maxsize=512)
def _words(count: int) -> struct.Struct:
    return struct.Struct(f">{count}I")


class SampleRun:
    """Consecutive samples of one track. `durations`, `sizes` and `offsets` (presentation minus decoding time, empty
    where all are 0) are parallel; `sync` marks the first sample of a video run as a key frame."""

    __slots__ = ("_duration", "_fields", "dts", "durations", "offsets", "payload", "size", "sizes", "sync", "track")

    def __init__(
        self, track: int, dts: int, durations: list[int], sizes: list[int], offsets: list[int], sync: bool
    ) -> None:
        self.track = track
        self.dts = dts
        self.durations = durations
        self.sizes = sizes
        self.offsets = offsets
        self.sync = sync
        self.payload = sum(sizes)
        count = len(sizes)
        self._duration = durations[0] if durations.count(durations[0]) == count else None
        self._fields = 1 + (self._duration is None) + bool(offsets)
        # traf, tfhd, tfdt, trun
        self.size = 8 + 16 + 4 * (self._duration is not None) + 20 + 20 + 4 * sync + 4 * count * self._fields

    def traf(self, data_offset: int) -> bytes:
        """The `traf` box, `size` bytes; the payload is `data_offset` bytes after the beginning of the `moof`."""
        count, fields, duration = len(self.sizes), self._fields, self._duration
        flags = TRUN_DATA_OFFSET | TRUN_SIZES
        tfhd, tfhd_flags = b"", TFHD_BASE_IS_MOOF
        if duration is not None:
            tfhd, tfhd_flags = duration.to_bytes(4, "big"), TFHD_BASE_IS_MOOF | TFHD_DURATION
        first = b""
        if self.sync:
            flags |= TRUN_FIRST_FLAGS
            first = SYNC_SAMPLE.to_bytes(4, "big")
        values = self.sizes
        if fields > 1:
            values = [0] * (count * fields)
            at = 0
            if duration is None:
                flags |= TRUN_DURATIONS
                values[0::fields] = self.durations
                at = 1
            values[at::fields] = self.sizes
            if self.offsets:
                # Version 1 has signed offsets.
                flags |= TRUN_OFFSETS | 1 << 24
                values[at + 1 :: fields] = [offset & 0xFFFFFFFF for offset in self.offsets]
        return b"".join(
            (
                _traf(self.size, b"traf", 16 + len(tfhd), b"tfhd", tfhd_flags, track_id(self.track)),
                tfhd,
                _tfdt(20, b"tfdt", 1 << 24, self.dts),
                _trun(20 + len(first) + 4 * count * fields, b"trun", flags, count, data_offset),
                first,
                _words(count * fields).pack(*values),
            )
        )


def fragment(sequence: int, runs: Sequence[SampleRun], chunks: Sequence[bytes]) -> bytes:
    """`moof` + `mdat`. `chunks` are the payloads of all runs, in the order of the runs."""
    moof = _MOOF_HEADERS
    payload = MDAT_HEADER
    for run in runs:
        moof += run.size
        payload += run.payload
    pieces = [_moof(moof, b"moof", 16, b"mfhd", 0, sequence)]
    offset = moof + MDAT_HEADER
    for run in runs:
        pieces.append(run.traf(offset))
        offset += run.payload
    pieces.append(_mdat(payload, b"mdat"))
    pieces += chunks
    return b"".join(pieces)
