"""The byte stream of an RTSP connection: interleaved frames and messages (RFC 2326, section 10.12), in any mixture.

`feed` takes whatever a read gave; how the bytes were cut makes no difference to what comes out. Memory is bounded: at
most one incomplete frame (64 KiB) or message (320 KiB) is kept between two reads.

Some cameras lose bytes when their send buffer is full. Then the reader looks for the next thing that is surely a frame
of a known track or a response, and goes on there; the receivers notice what is missing by the sequence numbers. More
than `MAX_GARBAGE` such bytes in a connection end it.
"""

import re
from collections.abc import Callable
from typing import Final

from vedette.media.rtsp.errors import protocol_error
from vedette.media.rtsp.messages import Message, printable, read_message
from vedette.media.rtsp.rtp import FRAME_HEADER, Receiver

MAX_GARBAGE: Final = 4 * 1024 * 1024

_DOLLAR: Final = 0x24
_MESSAGE: Final = re.compile(rb"RTSP/1\.\d \d{3}|[A-Z_]{3,16} (?:rtsps?:|\*)")
_MESSAGE_BEGINNING: Final = re.compile(rb"[A-Z_]{1,16}(?:[/ ][^\n]*)?")
_MESSAGE_LOOK_AHEAD: Final = 24
_RESPONSE: Final = re.compile(rb"RTSP/1\.\d \d{3}")
_RESYNC: Final = re.compile(rb"\$|R")
_LOOK_AHEAD: Final = 12  # enough to judge a status line, and of a frame its header, version and payload type


class InterleavedReader:
    """Cuts the stream into RTP and RTCP packets for the receivers and messages for `on_message`.

    `on_rtcp` gets the receiver, the data and the span of one RTCP packet.
    """

    __slots__ = ("_buffer", "_on_message", "_on_rtcp", "_receivers", "_rtcp", "_searching", "garbage")

    def __init__(
        self,
        on_message: Callable[[Message, float], None],
        on_rtcp: Callable[[Receiver, bytes, int, int, float], None],
    ) -> None:
        self._on_message = on_message
        self._on_rtcp = on_rtcp
        self._receivers: dict[int, Receiver] = {}
        self._rtcp: dict[int, Receiver] = {}
        self._buffer = b""
        self._searching = False
        self.garbage = 0

    def add(self, receiver: Receiver) -> None:
        """From now on frames of this receiver's channels go to it."""
        self._receivers[receiver.channel] = receiver
        self._rtcp[receiver.rtcp_channel] = receiver

    def feed(self, data: bytes, now_s: float) -> None:
        """Takes the next bytes of the stream. Raises RtspError (PROTOCOL) when a limit is passed."""
        if self._buffer:
            data = self._buffer + data
        offset, end = 0, len(data)
        receivers = self._receivers
        while offset + FRAME_HEADER <= end:
            if self._searching:
                offset, found = self._search(data, offset)
                if not found:
                    break
                self._searching = False
            if data[offset] != _DOLLAR:
                after = self._message(data, offset, now_s)
                if after == offset and not self._searching:
                    break
                offset = after
                continue
            receiver = receivers.get(data[offset + 1])
            if receiver is not None:
                after = receiver.consume(data, offset, end, now_s)
                if after > offset:
                    offset = after
                    continue
            after = self._other_frame(data, offset, receiver, now_s)
            if after == offset:
                break
            offset = after
        self._buffer = data[offset:] if offset < end else b""

    def _other_frame(self, data: bytes, offset: int, receiver: Receiver | None, now_s: float) -> int:
        """A frame that is not one of a receiver's whole RTP packets. Returns `offset` while it can't be judged."""
        length = data[offset + 2] << 8 | data[offset + 3]
        stop = offset + FRAME_HEADER + length
        if receiver is not None:
            if length < 12:  # empty frames, which some cameras send to keep the connection open
                return stop if stop <= len(data) else offset
            if offset + FRAME_HEADER < len(data) and data[offset + FRAME_HEADER] >> 6 != 2:
                return self._garbage(offset)
            return offset
        rtcp = self._rtcp.get(data[offset + 1])
        if rtcp is not None:
            if stop > len(data):
                return offset
            self._on_rtcp(rtcp, data, offset + FRAME_HEADER, stop, now_s)
            return stop
        # A track that we did not ask for, or no frame at all: what follows must look right.
        if stop + 2 > len(data):
            return offset
        known = data[stop + 1] in self._receivers or data[stop + 1] in self._rtcp or data[stop + 1] == data[offset + 1]
        if (data[stop] == _DOLLAR and known) or data[stop : stop + 2] == b"RT":
            return stop
        return self._garbage(offset)

    def _message(self, data: bytes, offset: int, now_s: float) -> int:
        """Reads a message at `offset`; returns `offset` while it is incomplete. What is none starts the search."""
        if data[offset] in b"\r\n":
            return offset + 1  # behind a body that was announced too short
        head = data[offset : offset + _MESSAGE_LOOK_AHEAD]
        if not _MESSAGE.match(head):
            if head.startswith(b"HTTP/"):
                raise protocol_error("http", "An HTTP server answered, not an RTSP server: check the port.")
            if len(head) < _MESSAGE_LOOK_AHEAD and _MESSAGE_BEGINNING.fullmatch(head):
                return offset
            if not self._receivers:
                raise protocol_error(
                    "not_rtsp", f"What answered is no RTSP server: it said {printable(head.decode('latin-1'))!r}."
                )
            return self._garbage(offset)
        message, after = read_message(data, offset)
        if message is not None:
            self._on_message(message, now_s)
        return after

    def _garbage(self, offset: int) -> int:
        """The byte at `offset` belongs to nothing: the search begins behind it."""
        self._searching = True
        self._count_garbage(1)
        return offset + 1

    def _count_garbage(self, garbage: int) -> None:
        self.garbage += garbage
        if self.garbage > MAX_GARBAGE:
            raise protocol_error(
                "garbage", f"The camera sent more than {MAX_GARBAGE // 1024 // 1024} MiB that belong to nothing."
            )

    def _search(self, data: bytes, offset: int) -> tuple[int, bool]:
        """The next sure beginning at or behind `offset`, or where to go on when more bytes have come."""
        begin = offset
        end = len(data)
        sure = False
        while not sure:
            candidate = _RESYNC.search(data, offset)
            if candidate is None:
                offset = end
                break
            offset = candidate.start()
            if offset + _LOOK_AHEAD > end:
                break  # undecided
            sure = self._sure(data, offset)
            offset += not sure
        if offset > begin:
            self._count_garbage(offset - begin)
        return offset, sure

    def _sure(self, data: bytes, offset: int) -> bool:
        if data[offset] != _DOLLAR:
            return _RESPONSE.match(data, offset) is not None
        channel, length = data[offset + 1], data[offset + 2] << 8 | data[offset + 3]
        if data[offset + 4] >> 6 != 2:
            return False
        receiver = self._receivers.get(channel)
        if receiver is not None:
            return length > 12 and data[offset + 5] & 0x7F == receiver.payload_type
        return channel in self._rtcp and length >= 8 and 200 <= data[offset + 5] <= 204
