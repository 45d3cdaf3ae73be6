"""Our end of ICE: which UDP ports are opened and told. Loads aioice; see `peer`."""

import asyncio
import socket
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from aioice import Candidate, Connection
from aioice.candidate import candidate_foundation, candidate_priority
from aioice.ice import StunProtocol, server_reflexive_candidate
from aiortc import RTCIceServer
from aiortc.rtcicetransport import connection_kwargs

from vedette.live.whep.options import IceOptions

# What waits for a connection's reader; a player sends a few reports a second.
_MAX_WAITING: Final = 512
_RECEIVE_BUFFER: Final = 1 << 18
_GATHER_S: Final = 3


def host_connection(options: IceOptions) -> Connection:
    """A connection that opens ports as the settings say."""
    servers = [ice_server(url) for url in options.servers]
    return _Connection(options.ports, ice_controlling=False, **connection_kwargs(servers))


def ice_server(url: str) -> RTCIceServer:
    """`turn:user:password@host:port?transport=udp`, as the settings have it, the way aiortc has it."""
    kind, _, rest = url.partition(":")
    login, at, place = rest.rpartition("@")
    name, _, password = login.partition(":")
    return RTCIceServer(f"{kind}:{place}", *((name, password) if at else (None, None)))


class _Connection(Connection):
    """As aioice's, but for its ports; and what waits to be read is bounded."""

    def __init__(self, ports: range | None, **more: Any) -> None:
        super().__init__(**more)
        self._ports = ports

    async def get_component_candidates(
        self, component: int, addresses: list[str], timeout: int = _GATHER_S
    ) -> list[Candidate]:
        protocols = [protocol for address in addresses or ["127.0.0.1"] if (protocol := await self._open(address))]
        for protocol in protocols:
            host, port = protocol.transport.get_extra_info("sockname")[:2]
            protocol.local_candidate = Candidate(
                foundation=candidate_foundation("host", "udp", host),
                component=component,
                transport="udp",
                priority=candidate_priority(component, "host"),
                host=host,
                port=port,
                type="host",
            )
        self._protocols += protocols
        found = [protocol.local_candidate for protocol in protocols]
        if self.stun_server:
            asked = [
                asyncio.create_task(server_reflexive_candidate(protocol, self.stun_server))
                for protocol in protocols
                if ":" not in protocol.local_candidate.host
            ]
            if asked:
                done, waiting = await asyncio.wait(asked, timeout=timeout)
                for task in waiting:
                    task.cancel()
                found += [task.result()[0] for task in done if task.exception() is None]
        if self.turn_server:
            server, self.stun_server = self.stun_server, None
            found += await super().get_component_candidates(component, [], timeout)
            self.stun_server = server
        return found

    async def _open(self, address: str) -> StunProtocol | None:
        loop = asyncio.get_running_loop()
        for port in self._tried():
            try:
                transport, protocol = await loop.create_datagram_endpoint(
                    lambda: StunProtocol(self), local_addr=(address, port)
                )
            except OSError:
                continue
            given = transport.get_extra_info("socket")
            given.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            return protocol
        return None

    def _tried(self) -> Iterator[int]:
        """From anywhere in the range: the lowest ones are the most used."""
        if self._ports is None:
            yield 0
            return
        start = Random().randrange(len(self._ports))
        for index in range(len(self._ports)):
            yield self._ports[(start + index) % len(self._ports)]

    def data_received(self, data: bytes, component: int) -> None:
        if self._queue.qsize() < _MAX_WAITING:
            super().data_received(data, component)
