"""A network between a WebRTC player and the server that loses datagrams, or all of them."""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

_CANDIDATE = re.compile(r"a=candidate:(\S+) 1 udp (\d+) (\S+) (\d+) typ host\r\n", re.IGNORECASE)


class LossyNetwork:
    """Stands at an address of its own. `lost` is the share of the server's media that never comes; `down` stops all."""

    def __init__(self, lost: float, seed: int = 1) -> None:
        self.lost = lost
        self.down = False
        self.dropped = 0
        self._random = random.Random(seed)
        self._player: Any = None
        self._near: asyncio.DatagramTransport | None = None
        self._far: asyncio.DatagramTransport | None = None
        self._server: tuple[str, int] = ("", 0)

    async def between(self, answer: str) -> str:
        """The answer as a player gets it who sits behind this network."""
        found = next(one for one in _CANDIDATE.finditer(answer) if ":" not in one[3])
        self._server = (found[3], int(found[4]))
        loop = asyncio.get_running_loop()
        self._near, _ = await loop.create_datagram_endpoint(lambda: _End(self._from_player), local_addr=(found[3], 0))
        self._far, _ = await loop.create_datagram_endpoint(lambda: _End(self._from_server), local_addr=(found[3], 0))
        port = self._near.get_extra_info("sockname")[1]
        kept = f"a=candidate:{found[1]} 1 udp {found[2]} {found[3]} {port} typ host\r\n"
        return _CANDIDATE.sub("", answer).replace("a=end-of-candidates\r\n", kept + "a=end-of-candidates\r\n")

    def close(self) -> None:
        for end in (self._near, self._far):
            if end is not None:
                end.close()

    def _from_player(self, data: bytes, address: Any) -> None:
        self._player = address
        if self._far is not None and not self.down:
            self._far.sendto(data, self._server)

    def _from_server(self, data: bytes, _address: Any) -> None:
        if self._near is None or self._player is None or self.down:
            return
        media = 128 <= data[0] < 192 and not 192 <= data[1] <= 223
        if media and self._random.random() < self.lost:
            self.dropped += 1
            return
        self._near.sendto(data, self._player)


class _End(asyncio.DatagramProtocol):
    def __init__(self, got: Any) -> None:
        self._got = got

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._got(data, addr)


@asynccontextmanager
async def lossy(lost: float) -> AsyncIterator[LossyNetwork]:
    """A network for one player."""
    network = LossyNetwork(lost)
    try:
        yield network
    finally:
        network.close()
