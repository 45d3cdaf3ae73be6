"""Addresses: what counts as one caller, and where no camera can be (link-local addresses and metadata services of
clouds, in every spelling of IPv6). Pure."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_MULTICAST_SCHEMES = frozenset({"udp", "rtp", "rtsp"})
_METADATA_ADDRESSES = frozenset(
    {ip_address("100.100.100.200"), ip_address("fd00:ec2::254"), ip_address("fd20:ce::254")}
)
_NAT64 = ip_network("64:ff9b::/96")


def refused_address(address: IPv4Address | IPv6Address, scheme: str = "rtsp") -> str | None:
    """Why a camera can't be at `address`, or None. Addresses embedded in IPv6 are looked at too."""
    inner = _embedded(address)
    if inner.is_link_local or address.is_link_local or inner in _METADATA_ADDRESSES:
        return "is link-local or a metadata service, where no camera can be"
    if inner.is_unspecified:
        return "is the unspecified address"
    if inner.is_multicast and scheme not in _MULTICAST_SCHEMES:
        return "is a multicast address"
    if inner == IPv4Address("255.255.255.255"):
        return "is the broadcast address"
    return None


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """What counts as one address: an IPv6 customer has a whole /64 (RFC 6177)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed.packed[:8] + bytes(8), 64)))
