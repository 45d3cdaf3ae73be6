"""Where a caller is and how they came, when they came through proxies.

A proxy adds the address that it sees to `X-Forwarded-For`, or an element to `Forwarded` (RFC 7239); what stands before
it was there already, and may be invented. So the list is read from its right end, as long as it was written by a proxy
that the settings trust: the first address that is not one of them is the caller. Of the two headers only the one that
the settings name counts: proxies hand the other one through as it came.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from vedette.http.handover import HANDOVER, Handover
from vedette.settings import Settings

_LONGEST = 4096
_MOST_HOPS = 32


@dataclass(frozen=True, slots=True)
class Seen:
    """The caller's address, and the scheme they used (http or https); None where no proxy says. `proxied`: a trusted
    proxy has told the address."""

    address: str
    scheme: str | None = None
    proxied: bool = False


@dataclass(frozen=True, slots=True)
class _Hop:
    address: str | None
    scheme: str | None


@dataclass(frozen=True, slots=True)
class Proxies:
    """Whose word counts, and which header they write."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    header: str = "x-forwarded-for"

    def trust(self, address: str) -> bool:
        """Whether this is one of them. `address` is in normal form."""
        if not self.networks:
            return False
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self.networks)

    def caller(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> Seen:
        """Who sent a request that came over a connection from `peer`."""
        address = normal(peer) or peer
        if not self.trust(address):
            return Seen(address)
        hops = self._hops(headers)
        scheme = None
        for hop in reversed(hops[-_MOST_HOPS:]):
            scheme = hop.scheme or scheme
            if hop.address is None:
                break  # unknown, hidden or no address: what stands before it was written by who knows whom
            address = hop.address
            if not self.trust(address):
                break
        return Seen(address, scheme, proxied=any(hop.address is not None for hop in hops[-1:]))

    def _hops(self, headers: Iterable[tuple[bytes, bytes]]) -> Sequence[_Hop]:
        if self.header == "forwarded":
            return [_hop(element) for element in _split(_joined(headers, b"forwarded"), ",")]
        given = list(headers)
        addresses = _split(_joined(given, b"x-forwarded-for"), ",")
        schemes = [_scheme(word) for word in _split(_joined(given, b"x-forwarded-proto"), ",")]
        # Proxies that add a scheme for each hop have as many as addresses; most set only the one that they saw.
        first = len(addresses) - len(schemes)
        at = [schemes[place - first] if first <= place else None for place in range(len(addresses))]
        if not addresses:
            return [_Hop(None, schemes[-1])] if schemes else []
        if first < 0:
            at = [*schemes[-len(addresses) :]]
        return [_Hop(normal(address), scheme) for address, scheme in zip(addresses, at, strict=True)]


@lru_cache(maxsize=4096)
def normal(text: str) -> str | None:
    """An address as the log shows it, without brackets, port, zone or the prefix of IPv4 in IPv6. None when it is no
    address."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        parsed = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(parsed)


def _joined(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """Several fields of one name are one list (RFC 9110, section 5.3). Its end counts."""
    return b",".join(value for given, value in headers if given == name).decode("latin-1")[-_LONGEST:]


def _split(text: str, mark: str) -> list[str]:
    """At each `mark` that is not within quotes. Read from its end, as everything here: a quote that a caller opens and
    does not close must not swallow what a proxy adds behind it."""
    words, word, quoted = [], "", False
    for character in reversed(text):
        quoted ^= character == '"'
        if character == mark and not quoted:
            words.append(word[::-1].strip())
            word = ""
        else:
            word += character
    return [word[::-1].strip(), *reversed(words)] if word.strip() or words else []


def _hop(element: str) -> _Hop:
    pairs = {}
    for pair in _split(element, ";"):
        name, _, value = pair.partition("=")
        pairs[name.strip().lower()] = value.strip().strip('"')
    return _Hop(normal(pairs.get("for", "")), _scheme(pairs.get("proto", "")))


def _scheme(word: str) -> str | None:
    word = word.strip().lower()
    return word if word in ("http", "https") else None


class CallerAddress:
    """ASGI middleware, outermost: from here on `client` and `scheme` of the scope are the caller's."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._proxies = Proxies(settings.trusted_proxies, settings.proxy_header)
        self._handover = Handover.of(settings.accel_redirect)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = scope.get("client")
        if peer:
            seen = self._proxies.caller(peer[0], scope["headers"])
            scope["client"] = (seen.address, peer[1])
            if seen.proxied and self._handover is not None:
                scope[HANDOVER] = self._handover
            if seen.scheme is not None:
                scope["scheme"] = seen.scheme.replace("http", "ws") if scope["type"] == "websocket" else seen.scheme
        await self._app(scope, receive, send)
