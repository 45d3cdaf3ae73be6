"""Sending datagrams without anything between us and the kernel: one call for a whole frame where it can."""

import os
import socket
import struct
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

# Linux cuts one large buffer into datagrams (UDP_SEGMENT, since 4.18): at most this many, and 64 KB together.
_SOL_UDP: Final = 17
_UDP_SEGMENT: Final = 103
_MOST: Final = 48
_size: Final = struct.Struct("=H")


class Datagrams:
    """Sends by the socket of the pair of addresses that ICE chose. `dropped` counts what the machine did not take: a
    full socket's buffer is not waited for."""

    def __init__(self) -> None:
        self.dropped = 0
        self._pair: Any = None
        self._socket: socket.socket | None = None
        self._segments = True

    def send(self, packets: Sequence[bytes], pair: Any) -> None:
        """`pair` is aioice's, None while there is none."""
        if pair is None:
            self.dropped += len(packets)
            return
        if pair is not self._pair:
            self._use(pair)
        if self._socket is None:  # a TURN server's channel
            for packet in packets:
                pair.protocol.transport.sendto(packet, pair.remote_addr)
            return
        address = pair.remote_addr
        if self._segments and len(packets) > 1:
            self._send_segments(self._socket, packets, address)
        else:
            self._send_singly(self._socket, packets, address)

    def close(self) -> None:
        """The socket itself is aioice's."""
        if self._socket is not None:
            self._socket.close()
        self._socket = self._pair = None

    def _use(self, pair: Any) -> None:
        self.close()
        self._pair = pair
        given = pair.protocol.transport.get_extra_info("socket")
        if given is not None:
            self._socket = socket.socket(fileno=os.dup(given.fileno()))
            self._socket.setblocking(False)

    def _send_singly(self, to: socket.socket, packets: Sequence[bytes], address: Any) -> None:
        for index, packet in enumerate(packets):
            try:
                to.sendto(packet, address)
            except BlockingIOError:
                self.dropped += len(packets) - index
                return
            except OSError:  # unreachable for now; ICE finds out whether it stays so
                self.dropped += 1

    def _send_segments(self, to: socket.socket, packets: Sequence[bytes], address: Any) -> None:
        for size, run in groupby(packets, len):
            alike = list(run)
            for start in range(0, len(alike), _MOST):
                some = alike[start : start + _MOST]
                try:
                    if len(some) == 1:
                        to.sendto(some[0], address)
                    else:
                        to.sendmsg([b"".join(some)], [(_SOL_UDP, _UDP_SEGMENT, _size.pack(size))], 0, address)
                except BlockingIOError:
                    self.dropped += len(some)
                except OSError:
                    # A kernel or a network card that can't.
                    self._segments = False
                    self._send_singly(to, some, address)
