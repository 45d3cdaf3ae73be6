"""Under which names the server answers, and whose pages may ask it. Pure but for the machine's own name.

With DNS rebinding a foreign page's name can resolve to this server: then the browser takes our answers for that page's
own. The name is still in the Host header, so names that are not ours are refused. An address in its place needs no DNS
and can't be rebound; a server that listens on the network answers under any of its addresses, which it can't all know
(containers, forwarded ports).
"""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from vedette.core.origins import host_of
from vedette.http.binding import is_loopback
from vedette.settings import Settings

# Endings that nobody can register: RFC 6762 (mDNS), RFC 8375, and what ICANN reserved or never delegated.
_LOCAL_ENDINGS = ("", ".local", ".home.arpa", ".internal", ".lan")


@dataclass(frozen=True, slots=True)
class Site:
    """`names` are in small letters, without brackets; `addresses`: any IP address is ours, too. Pages of `friends`
    (origins) may ask, though not with cookies."""

    names: frozenset[str] = frozenset()
    addresses: bool = False
    friends: frozenset[str] = frozenset()

    def answers_to(self, name: str) -> bool:
        """Whether this is one of our names; of addresses in a form that Python reads."""
        if is_loopback(name) or name.rstrip(".") in self.names:
            return True
        return self.addresses and _is_address(name)


def site_of(settings: Settings) -> Site:
    """By the settings. Where it listens on loopback only, the machine's own names are not ours: other machines can come
    by a proxy only, under `public_url` or one of `allowed_hosts`."""
    names = {*settings.allowed_hosts}
    if settings.public_url:
        names.add(host_of(settings.public_url))
    open_to_network = not is_loopback(settings.host)
    if open_to_network:
        machine = socket.gethostname().lower()
        names |= {machine, settings.host.lower().strip("[]")}
        names |= {machine.partition(".")[0] + ending for ending in _LOCAL_ENDINGS}
    return Site(
        frozenset(name.rstrip(".") for name in names if name), open_to_network, frozenset(settings.cors_origins)
    )


def host_name(header: str) -> str | None:
    """The host in a Host header or an authority, in small letters and without its port; None when it is malformed."""
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return None
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return None
    return parts.hostname


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
