"""Viewers by MSE that read and throw away, many in one process and cheap: what is measured beside them shares the
cores.

`python -m benchmarks.mse_viewers HOST:PORT TOKEN COUNT CAMERA...` opens COUNT viewers of each camera, prints `ready`
when each has got pictures, answers every line with the sums so far (JSON, `Sums`), and ends with its input.
"""

import json
import os
import select
import socket
import sys
import time
from dataclasses import asdict, dataclass
from typing import Final

# Sockets are read together so often, not one by one as data comes: the kernel holds it meanwhile, as for a busy player.
_EVERY_S: Final = 0.04
_TIMEOUT_S: Final = 60.0
_TEXT, _BINARY, _CLOSE, _PING = 1, 2, 8, 9


@dataclass(slots=True)
class Sums:
    """Of all viewers. `lagged`: what the server says it left out for them; `closed`: viewers that it sent away."""

    viewers: int = 0
    messages: int = 0
    bytes: int = 0
    lagged: int = 0
    closed: int = 0


class Viewer:
    """One connection. `feed` takes what came (RFC 6455; a server masks nothing)."""

    def __init__(self, connection: socket.socket, sums: Sums) -> None:
        self.connection = connection
        self.pictures = 0
        self._sums = sums
        self._rest = b""
        self._skip = 0

    def feed(self, data: bytes) -> None:
        """Counts whole messages, whatever pieces they come in."""
        self._sums.bytes += len(data)
        at = min(self._skip, len(data))
        self._skip -= at
        data = self._rest + data[at:] if self._rest or at else data
        at, self._rest = 0, b""
        while at < len(data):
            head, size = _head(data, at)
            if not head:
                break
            kind = data[at] & 15
            if kind == _BINARY:
                self._sums.messages += 1
                self.pictures += 1
                self._skip = max(0, at + head + size - len(data))
            elif at + head + size > len(data):
                break
            else:
                self._hear(kind, data[at + head : at + head + size])
            at += head + size
        self._rest = data[at:]

    def _hear(self, kind: int, payload: bytes) -> None:
        if kind == _TEXT and payload.startswith(b'{"type":"lagged"'):
            self._sums.lagged += json.loads(payload)["dropped"]
        elif kind == _PING:
            # Masked with nought, which is as good as any other mask (section 5.3).
            self.connection.send(bytes((0x8A, 0x80 | len(payload), 0, 0, 0, 0)) + payload)
        elif kind == _CLOSE:
            self._sums.closed += 1


def _head(data: bytes, at: int) -> tuple[int, int]:
    """Bytes of the frame's head and of its payload; (0, 0) when the head is not there as a whole."""
    left = len(data) - at
    short = data[at + 1] & 127 if left > 1 else 0
    head = {126: 4, 127: 10}.get(short, 2)
    if left < head:
        return 0, 0
    return head, short if head == 2 else int.from_bytes(data[at + 2 : at + head], "big")


def _connect(address: str, token: str, camera: str) -> tuple[socket.socket, bytes]:
    """Raises RuntimeError when the server does not let it in."""
    host, _, port = address.rpartition(":")
    connection = socket.create_connection((host, int(port)), _TIMEOUT_S)
    asked = f"GET /api/v1/live/{camera}/mse HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n"
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    connection.sendall(f"{asked}{upgrade}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        more = connection.recv(1 << 16)
        if not more:
            break
        answer += more
    head, _, rest = answer.partition(b"\r\n\r\n")
    if b" 101 " not in head.partition(b"\r\n")[0]:
        raise RuntimeError(f"{camera}: {head[:100]!r}")
    connection.setblocking(False)
    return connection, rest


def main() -> None:
    """The program."""
    address, token, count, *cameras = sys.argv[1:]
    sums = Sums()
    viewers: dict[int, Viewer] = {}
    poll = select.epoll()
    for camera in [camera for camera in cameras for _ in range(int(count))]:
        connection, rest = _connect(address, token, camera)
        viewers[connection.fileno()] = viewer = Viewer(connection, sums)
        viewer.feed(rest)
        poll.register(connection.fileno(), select.EPOLLIN)
        _read(poll, viewers, sums, 0)
    sums.viewers = len(viewers)
    over = time.monotonic() + _TIMEOUT_S
    # The first message is the init.
    while any(viewer.pictures < 2 for viewer in viewers.values()):
        if time.monotonic() > over:
            raise SystemExit("some viewers got no picture")
        _read(poll, viewers, sums, _EVERY_S)
    print("ready", flush=True)
    poll.register(sys.stdin.fileno(), select.EPOLLIN)
    while _read(poll, viewers, sums, _EVERY_S):
        pass


def _read(poll: select.epoll, viewers: dict[int, Viewer], sums: Sums, wait_s: float) -> bool:
    """Everything that is there. False at the end of the input."""
    time.sleep(wait_s)
    for number, _ in poll.poll(0):
        viewer = viewers.get(number)
        if viewer is None:
            asked = os.read(number, 1 << 10)
            if not asked:
                return False
            print(json.dumps(asdict(sums)), flush=True)
            continue
        data = viewer.connection.recv(4 << 20)
        if data:
            viewer.feed(data)
        else:
            poll.unregister(number)
    return True


if __name__ == "__main__":
    main()
