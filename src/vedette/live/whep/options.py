"""What the settings say about ports and addresses of WebRTC."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IceOptions:
    """`servers` are URLs of STUN and TURN servers (`turn:user:password@host`), `ports` the range to open UDP ports in
    (any, where None), `addresses` further ones that players are told, as those of a router that forwards the ports."""

    servers: tuple[str, ...] = ()
    ports: range | None = None
    addresses: tuple[str, ...] = ()

    def announced(self, candidates: Sequence[str]) -> list[str]:
        """Host candidates (values of `a=candidate`) once more, with the addresses of the settings."""
        made = []
        hosts = [line.split() for line in candidates if line.endswith(" typ host")]
        for number, address in enumerate(self.addresses):
            family = ":" in address
            first = next((words for words in hosts if (":" in words[4]) == family), None)
            if first is not None:
                made.append(" ".join([f"a{number}", *first[1:4], address, *first[5:]]))
        return made

    @property
    def links(self) -> list[str]:
        """`Link` headers that tell a player of the servers (WHEP, section 4.6)."""
        links = []
        for url in self.servers:
            kind, _, rest = url.partition(":")
            login, at, place = rest.rpartition("@")
            name, _, password = login.partition(":")
            words = [f'<{kind}:{place}>; rel="ice-server"']
            if at:
                words += [f'username="{name}"', f'credential="{password}"', 'credential-type="password"']
            links.append("; ".join(words))
        return links
