"""What a media ticket says, and how it is signed. Pure but for the key.

A ticket is `{what it says}{MAC}` in URL-safe base64 without padding, 132 characters: version, id of the key, kind, its
end, whose it is, what it lasts as long as (a session, an API token, a share link), the camera, the range of footage,
and a tag of the address that it was given to. The MAC is HMAC-SHA-256, cut to 16 bytes (RFC 2104, section 5).
"""

import binascii
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from vedette.access.principal import MediaKind
from vedette.core.addresses import network_of
from vedette.core.errors import ErrorKind, VedetteError
from vedette.vault import Vault

_VERSION = 1
_FORM = struct.Struct(">B4sBI16sB16s16sQQ8s")
_MAC_BYTES = 16
_LENGTH = -(-(_FORM.size + _MAC_BYTES) * 4 // 3)
_KINDS = (MediaKind.LIVE, MediaKind.PLAYBACK, MediaKind.STILL)
_PURPOSE = "media tickets"
_NO_TIME = 2**64 - 1


class Bearer(IntEnum):
    """What a ticket lasts as long as."""

    SESSION = 1
    TOKEN = 2
    SHARE = 3


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may see what until when. Without a range the times are None. `place` stands for the address that it was given
    to, `key_id` names the key; both come with signing."""

    kind: MediaKind
    user_id: UUID
    bearer: Bearer
    bearer_id: UUID
    camera_id: UUID
    expires_s: int
    start_ms: int | None = None
    end_ms: int | None = None
    place: bytes = b""
    key_id: str = ""


class TicketKeys:
    """Signs with a key derived from the installation's, and reads what was signed with that of a former one, too."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._derived: dict[str, bytes] = {}

    def sign(self, ticket: Ticket, address: str) -> str:
        """The ticket as it stands in URLs, for who is at this address."""
        key_id, key = self._key(None)
        said = _FORM.pack(
            _VERSION,
            bytes.fromhex(key_id),
            _KINDS.index(ticket.kind),
            ticket.expires_s,
            ticket.user_id.bytes,
            ticket.bearer,
            ticket.bearer_id.bytes,
            ticket.camera_id.bytes,
            _NO_TIME if ticket.start_ms is None else ticket.start_ms,
            _NO_TIME if ticket.end_ms is None else ticket.end_ms,
            _place(key, ticket.bearer_id, address),
        )
        return urlsafe_b64encode(said + _mac(key, said)).rstrip(b"=").decode()

    def read(self, text: str) -> Ticket:
        """What a ticket of ours says, be it over or not. Raises VedetteError `ticket.invalid`."""
        if len(text) != _LENGTH:
            raise invalid_ticket()
        try:
            data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        except (UnicodeEncodeError, binascii.Error) as error:
            raise invalid_ticket() from error
        said, mac = data[: _FORM.size], data[_FORM.size :]
        if len(mac) != _MAC_BYTES or said[0] != _VERSION:
            raise invalid_ticket()
        key_id, key = self._key(said[1:5].hex())
        if not hmac.compare_digest(mac, _mac(key, said)):
            raise invalid_ticket()
        _, _, kind, expires_s, user, bearer, bearer_id, camera, start, end, place = _FORM.unpack(said)
        return Ticket(
            _KINDS[kind],
            UUID(bytes=user),
            Bearer(bearer),
            UUID(bytes=bearer_id),
            UUID(bytes=camera),
            expires_s,
            None if start == _NO_TIME else start,
            None if end == _NO_TIME else end,
            place,
            key_id,
        )

    def is_at_home(self, ticket: Ticket, address: str) -> bool:
        """Whether a ticket that was read was given to this address; of IPv6 the /64 counts, whose other addresses are
        mostly the same machine's."""
        _, key = self._key(ticket.key_id)
        return hmac.compare_digest(ticket.place, _place(key, ticket.bearer_id, address))

    def _key(self, key_id: str | None) -> tuple[str, bytes]:
        known = self._derived.get(key_id) if key_id is not None else None
        if key_id is not None and known is not None:
            return key_id, known
        found = self._vault.derive_with(_PURPOSE, key_id)
        if found is None:
            raise invalid_ticket()
        self._derived[found[0]] = found[1]
        return found


def invalid_ticket() -> VedetteError:
    """It is not one of ours, or was altered."""
    return VedetteError(
        ErrorKind.UNAUTHENTICATED, "ticket.invalid", "This media ticket is not valid. Ask for a new one."
    )


def _place(key: bytes, bearer_id: UUID, address: str) -> bytes:
    """Tells nobody which address it is."""
    said = b"place" + bearer_id.bytes + network_of(address).encode(errors="replace")
    return hmac.digest(key, said, "sha256")[:8]


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, said, "sha256")[:_MAC_BYTES]
