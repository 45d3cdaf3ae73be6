"""What an API token is limited to, as it stands in its row, and the networks that it may come from. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from uuid import UUID

from vedette.access.permissions import OF_PEOPLE, Permission
from vedette.access.policy import Limits

Network = IPv4Network | IPv6Network
_KNOWN = frozenset(one.value for one in Permission)
_MAPPED = ip_network("::ffff:0:0/96")


@dataclass(frozen=True, slots=True)
class TokenLimits:
    """None for `networks`: from anywhere. None for both `cameras` and `zones`: no limit beyond what the owner may;
    otherwise the cameras of both together, those of a zone as they are at the time."""

    permissions: frozenset[Permission]
    cameras: frozenset[UUID] | None = None
    networks: tuple[Network, ...] | None = None
    zones: frozenset[UUID] | None = None

    @property
    def everywhere(self) -> bool:
        """Whether it is limited to no cameras."""
        return self.cameras is None and self.zones is None

    def policy(self, zones: Mapping[UUID, frozenset[UUID]]) -> Limits:
        """What it leaves of the owner's grants, with the cameras that the `zones` have now; one that is not there (any
        more) has none. What takes a person it never leaves: a token that was made when it was offered has it still."""
        permissions = self.permissions - OF_PEOPLE
        if self.everywhere:
            return Limits(permissions)
        of_zones = [zones.get(zone_id, frozenset[UUID]()) for zone_id in self.zones or ()]
        return Limits(permissions, frozenset[UUID](self.cameras or ()).union(*of_zones))

    def let_in(self, address: str) -> bool:
        """Whether the token may be used from there."""
        return self.networks is None or comes_from(address, self.networks)

    def stored(self) -> dict[str, Any]:
        """For the row, and for the audit log."""
        return {
            "permissions": sorted(self.permissions),
            "cameras": None if self.cameras is None else sorted(map(str, self.cameras)),
            "networks": None if self.networks is None else list(map(str, self.networks)),
            "zones": None if self.zones is None else sorted(map(str, self.zones)),
        }

    @staticmethod
    def of(stored: Mapping[str, Any]) -> "TokenLimits":
        """As a row has them. Permissions that this version does not know (any more) permit nothing."""
        cameras, networks, zones = stored.get("cameras"), stored.get("networks"), stored.get("zones")
        return TokenLimits(
            frozenset(Permission(name) for name in stored.get("permissions", ()) if name in _KNOWN),
            None if cameras is None else frozenset(map(UUID, cameras)),
            None if networks is None else tuple(map(network_of, networks)),
            None if zones is None else frozenset(map(UUID, zones)),
        )


def network_of(text: str) -> Network:
    """A network in CIDR notation, or one address. Bits behind the prefix don't count; a network of v4-mapped addresses
    (RFC 4291, section 2.5.5.2) is the IPv4 network. Raises ValueError."""
    network = ip_network(text.strip(), strict=False)
    if isinstance(network, IPv6Network) and isinstance(_MAPPED, IPv6Network) and network.subnet_of(_MAPPED):
        mapped = network.network_address.ipv4_mapped
        assert mapped is not None
        return IPv4Network((mapped, network.prefixlen - 96))
    return network


def address_in(text: str) -> IPv4Address | IPv6Address | None:
    """The address of a caller; a v4-mapped one is the IPv4 address, a zone (`%eth0`) is left out. None for none."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def comes_from(text: str, networks: Collection[Network]) -> bool:
    """Whether the address lies in one of the networks; what is no address lies in none."""
    address = address_in(text)
    return address is not None and any(
        address.version == network.version and address in network for network in networks
    )
