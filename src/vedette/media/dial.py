"""From a host's name to the address that is dialled: resolved once, checked, and then that very address.

A name server may answer differently from one question to the next (DNS rebinding): an address that was checked and
then resolved again was not checked. So whoever connects to a camera asks here, for each connection.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from typing import Any

from vedette.core.addresses import refused_address

# As the answer of getaddrinfo(3): family, kind, protocol, canonical name, address.
Found = Sequence[tuple[Any, ...]]
Resolve = Callable[[str, int], Awaitable[Found]]


class RefusedAddressError(Exception):
    """The name leads to where no camera can be. The text says so in a sentence."""


async def system_resolve(host: str, port: int) -> Found:
    """What the system's resolver says. Raises OSError or UnicodeError."""
    return await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)


async def addresses(host: str, port: int, scheme: str, resolve: Resolve = system_resolve) -> Found:
    """Where `host` is. One bad address among several is enough to refuse them all.

    Raises OSError or UnicodeError where the name is not found, RefusedAddressError.
    """
    found = await resolve(host, port)
    for *_, address in found:
        why = refused_address(ip_address(str(address[0]).partition("%")[0]), scheme)
        if why is not None:
            raise RefusedAddressError(f"The camera's address leads to one that {why}.")
    return found
