"""What H.264 and H.265 over RTP have in common: fragments become NAL units, NAL units become access units.

This is the hot path: a 4 Mbps camera sends 360 packets a second, nearly all of them the middle of a fragmented NAL
unit. Those are recognised by comparing one 10-byte slice (time stamp, SSRC, fragment header) and cost one append; all
else takes the slower way through `Receiver.packet`.

An access unit ends with the marker bit or with a new time stamp. Cameras that set the marker on parameter sets or on
every slice are recognised; for the latter units end at the new time stamp only, which costs one frame of delay.

After a gap the access unit that lost a piece is not delivered. The frames after it are: a decoder conceals what they
lack, and for a recorder a blemish is better than a hole. Only when the damaged one was a key frame nothing is delivered
up to the next key frame, because nothing would decode.
"""

import struct
from typing import Final

from vedette.media.rtsp.errors import protocol_error
from vedette.media.rtsp.parameter_sets import MAX_CARRIED, ParameterSets
from vedette.media.rtsp.rtp import FRAME_HEADER, Receiver
from vedette.media.units import VIDEO, AccessUnit, SourceSink, VideoConfig

MAX_UNIT_BYTES: Final = 8 * 1024 * 1024
MAX_UNIT_NALS: Final = 1024

_START_CODE: Final = b"\0\0\1"
_FRAGMENT_OFFSET: Final = FRAME_HEADER + 12


class VideoReceiver(Receiver):
    """`fragment_header` is the number of bytes before the data in a fragmentation unit: 2 for H.264, 3 for H.265."""

    __slots__ = (
        "_bytes",
        "_chunks",
        "_complete",
        "_damaged",
        "_fast",
        "_fragment",
        "_fragment_kind",
        "_has_slice",
        "_in_band",
        "_key",
        "_last_ticks",
        "_marker_ends",
        "_nal_header",
        "_nals",
        "_pieces",
        "_size",
        "_skip_to_key",
        "_ticks",
        "_unpack",
        "sets",
    )

    def __init__(self, payload_type: int, config: VideoConfig, sink: SourceSink, fragment_header: int) -> None:
        super().__init__(VIDEO, payload_type, config.timescale, sink)
        self.sets = ParameterSets(config)
        self._unpack = struct.Struct(f">HHHH{8 + fragment_header}s").unpack_from
        self._fast = _FRAGMENT_OFFSET + fragment_header
        # The fragmented NAL unit that is open: the bytes 4.. of its further RTP packets, and what it is.
        self._fragment: bytes | None = None
        self._fragment_kind = -1
        self._nal_header = b""
        self._pieces: list[bytes] = []
        self._ticks = -1
        self._last_ticks = -1
        self._marker_ends = True
        self._skip_to_key = False
        self._in_band: list[bytes] = []  # parameter sets that came and are not in force yet
        self._begin()

    def _begin(self) -> None:
        self._chunks: list[bytes] = []
        self._size = 0
        self._nals = 0
        self._bytes = 0
        self._has_slice = False
        self._key = False
        self._damaged = False

    def consume(self, data: bytes, offset: int, end: int, now_s: float) -> int:
        begin = offset
        magic, unpack, fast = self._magic, self._unpack, self._fast
        plain = 0x8000 | self.payload_type  # version 2, no padding, extension, CSRC or marker
        fragment, sequence = self._fragment, self._next_sequence
        append = self._pieces.append
        count = 0
        while offset + fast <= end:
            frame, length, flags, number, same = unpack(data, offset)
            stop = offset + FRAME_HEADER + length
            if stop > end:
                break
            if same == fragment and number == sequence and flags == plain and frame == magic:
                append(data[offset + fast : stop])
                sequence = number + 1 & 0xFFFF
                count += 1
                offset = stop
                continue
            if frame != magic or flags >> 14 != 2 or length < 12:
                break
            self.received += count
            count = 0
            self._next_sequence = sequence
            ticks, ssrc = int.from_bytes(same[:4], "big"), int.from_bytes(same[4:8], "big")
            self.packet(data, offset + _FRAGMENT_OFFSET, stop, flags, number, ticks, ssrc, now_s)
            fragment, sequence = self._fragment, self._next_sequence
            offset = stop
        self.received += count
        self._next_sequence = sequence
        if offset + _FRAGMENT_OFFSET <= end < offset + fast:  # perhaps a packet shorter than a fragment's header
            offset = super().consume(data, offset, end, now_s)
        self._bytes += offset - begin
        if self._bytes > MAX_UNIT_BYTES:
            raise protocol_error(
                "unit_too_long", f"The camera sent a frame of more than {MAX_UNIT_BYTES // 1024 // 1024} MiB."
            )
        return offset

    def payload(self, data: bytes, start: int, stop: int, marker: bool, ticks: int, now_s: float) -> None:
        if ticks != self._ticks:
            if self._chunks or self._fragment is not None or self._damaged:
                self._end_unit(now_s)
            self._last_ticks, self._ticks = self._ticks, ticks
        if start < stop:
            self.nal_units(data, start, stop)
        if marker and self._marker_ends:
            if self._fragment is not None:
                self.close_fragment()
            if self._has_slice or self._damaged:
                self._end_unit(now_s)

    def nal_units(self, data: bytes, start: int, stop: int) -> None:
        """Takes one payload apart (single NAL unit, aggregate, fragment)."""
        raise NotImplementedError

    def nal(self, nal: bytes) -> None:
        """One whole NAL unit: `add_slice`, `add`, `add_parameter_set` or nothing."""
        raise NotImplementedError

    def gap(self) -> None:
        self._damaged = self._damaged or self._ticks >= 0
        self._drop_fragment()

    # What the codecs call

    def open_fragment(self, kind: int, header: bytes, prefix: bytes, piece: bytes) -> None:
        """A fragmented NAL unit begins: `header` is its own header, `prefix` the fragment header of its further
        pieces."""
        if self._fragment is not None:
            self.close_fragment()  # it never got its end bit, and nothing is missing: it is whole
        self._fragment_kind = kind
        self._nal_header = header
        self._pieces.append(piece)
        self._fragment = self._ticks.to_bytes(4, "big") + self._ssrc.to_bytes(4, "big") + prefix

    def continue_fragment(self, kind: int, piece: bytes, last: bool) -> None:
        """A further piece that did not take the fast way."""
        if self._fragment is None or self._fragment_kind != kind:
            self._drop_fragment()
            self._damaged = True
            if self.is_slice(kind):
                self.slice_begins(kind, 0)
            return
        self._pieces.append(piece)
        if last:
            self.close_fragment()

    def close_fragment(self) -> None:
        """The open NAL unit is whole."""
        self._fragment = None
        pieces, header = self._pieces, self._nal_header
        if self.is_slice(self._fragment_kind):
            length = len(header) + sum(map(len, pieces))
            self.slice_begins(self._fragment_kind, pieces[0][0] if pieces[0] else 0)
            self._count_nal()
            self._chunks.append(length.to_bytes(4, "big") + header)
            self._chunks += pieces
            self._size += 4 + length
            pieces.clear()
        else:
            nal = header + b"".join(pieces)
            pieces.clear()
            self.nal(nal)

    def is_slice(self, kind: int) -> bool:
        """Whether NAL units of this type carry a picture."""
        raise NotImplementedError

    def slice_begins(self, kind: int, first: int) -> None:
        """A picture's NAL unit of type `kind` whose data begin with the byte `first`."""
        raise NotImplementedError

    def begin_slice(self, key: bool, first_in_picture: bool) -> None:
        """Accounts for one slice. An access unit whose first slice is not the picture's first lost its head."""
        if not self._has_slice:
            self._has_slice = True
            if not first_in_picture:
                self._damaged = True
                if self._ticks == self._last_ticks and self._marker_ends:
                    self._marker_ends = False  # the marker before was on a slice, not on the last one
        self._key = self._key or key

    def add(self, nal: bytes) -> None:
        """Appends a NAL unit to the access unit."""
        self._count_nal()
        self._chunks.append(len(nal).to_bytes(4, "big"))
        self._chunks.append(nal)
        self._size += 4 + len(nal)

    def add_parameter_set(self, kind: str, nal: bytes) -> None:
        """Notes a parameter set. One that is not in force stays in band when it does not come with a key frame."""
        first, *others = nal.split(_START_CODE)  # a few cameras send Annex B inside one payload
        first = first.rstrip(b"\0")
        if self.sets.carry(kind, first) and len(self._in_band) < MAX_CARRIED and first not in self._in_band:
            self._in_band.append(first)
        for other in others:
            if len(other) > 2:
                self.nal(other.rstrip(b"\0"))

    def damaged(self) -> None:
        """A payload that can't be read: the access unit is not whole."""
        self._damaged = True
        self._drop_fragment()

    def _count_nal(self) -> None:
        self._nals += 1
        if self._nals > MAX_UNIT_NALS:
            raise protocol_error("unit_too_long", f"The camera sent a frame of more than {MAX_UNIT_NALS} pieces.")

    def _drop_fragment(self) -> None:
        if self._fragment is not None:
            # Its kind counts: a key frame that is lost in the middle takes the frames after it along.
            if self.is_slice(self._fragment_kind):
                self.slice_begins(self._fragment_kind, self._pieces[0][0] if self._pieces[0] else 0)
            self._fragment = None
            self._pieces.clear()

    def _end_unit(self, now_s: float) -> None:
        if self._fragment is not None:
            self.close_fragment()
        if self._damaged:
            self._skip_to_key = self._skip_to_key or self._key
        elif self._has_slice:
            self._deliver(now_s)
        # else only parameter sets came: they are noted, and their unit is still to come
        self._last_ticks = self._ticks
        self._begin()

    def _deliver(self, now_s: float) -> None:
        in_band, self._in_band = self._in_band, []
        config = None
        if self._key:
            self._skip_to_key = False
            config = self.sets.at_key_frame()
        elif self._skip_to_key:
            return
        elif in_band:
            self._chunks[:0] = [len(nal).to_bytes(4, "big") + nal for nal in in_band]
            self._size += sum(4 + len(nal) for nal in in_band)
        self.observe(self._ticks, now_s)
        self.sink.on_unit(AccessUnit(VIDEO, self._ticks, self._key, self._chunks, self._size, now_s, None, config))
