"""Secrets at rest: AES-256-GCM, each bound to its row and column.

A sealed text is `v1:{key id}:{nonce}:{ciphertext}` (URL-safe base64). The associated data names the owner (a camera, a
user) and the field, so a ciphertext that is moved to another row does not open. The installation's key is 32 random
bytes in `{data}/secret.key` (mode 0600, made at the first start), or in the environment as VEDETTE_SECRET_KEY for
deployments that keep secrets elsewhere. Without the key the secrets are gone: it belongs into the backup, apart from
the database.
"""

import binascii
import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vedette.core.errors import ErrorKind, VedetteError
from vedette.settings import Settings

_VERSION = "v1"
_KEY_BYTES = 32
_NONCE_BYTES = 12


class Vault:
    """Seals and opens with one key. Cheap to make, safe to share between tasks and threads."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise _bad_key("it must be 32 bytes in base64")
        self._key = key
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"vedette key id" + key).hexdigest()[:8]

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for this purpose alone (HKDF, RFC 5869): who learns it learns neither this key nor another
        derived one."""
        return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"vedette {purpose}".encode()).derive(self._key)

    def seal(self, owner: UUID, field: str, plain: str, *, kind: str = "camera") -> str:
        """`plain`, readable only for `field` of this camera, or of another `kind` of owner."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, plain.encode(), _bound_to(kind, owner, field))
        return ":".join((_VERSION, self.key_id, _encode(nonce), _encode(sealed)))

    def open_sealed(self, owner: UUID, field: str, sealed: str, *, kind: str = "camera") -> str:
        """What `seal` was given.

        Raises VedetteError `credentials.other_key` when it was sealed with another key, `credentials.damaged` when it
        was altered or belongs to another row.
        """
        version, _, rest = sealed.partition(":")
        key_id, _, rest = rest.partition(":")
        nonce, _, text = rest.partition(":")
        if version != _VERSION:
            raise _damaged()
        if key_id != self.key_id:
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "credentials.other_key",
                f"The secret was sealed with key {key_id}, but the key here is {self.key_id}. "
                "Put the former secret.key back, or enter the password again.",
            )
        try:
            plain = self._cipher.decrypt(_decode(nonce), _decode(text), _bound_to(kind, owner, field))
        except (InvalidTag, ValueError) as error:
            raise _damaged() from error
        return plain.decode()


def open_vault(settings: Settings) -> Vault:
    """The vault of this installation. The key file is made when there is none.

    Raises VedetteError `credentials.key` when the key can't be read or is not one.
    """
    if settings.secret_key is not None:
        return Vault(_parse_key(settings.secret_key.get_secret_value()))
    path = settings.key_file
    try:
        if not path.exists():
            _make_key_file(path)
        return Vault(_parse_key(path.read_text("ascii")))
    except OSError as error:
        raise _bad_key(f"{path} can't be read or made ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _bad_key(f"{path} is not a key file") from error


def key_file_is_private(path: Path) -> bool:
    """Whether only the owner can read the key file (or there is none)."""
    return not path.exists() or path.stat().st_mode & 0o077 == 0


def _make_key_file(path: Path) -> None:
    """Several processes may start at once: the file appears whole or not at all, and the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(urlsafe_b64encode(os.urandom(_KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink()


def _parse_key(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text.strip().replace("+", "-").replace("/", "_"))
    except (binascii.Error, ValueError) as error:
        raise _bad_key("it must be 32 bytes in base64") from error


def _damaged() -> VedetteError:
    return VedetteError(
        ErrorKind.DATA_LOSS,
        "credentials.damaged",
        "The stored secret is damaged. Enter the password again.",
    )


def _bad_key(why: str) -> VedetteError:
    return VedetteError(
        ErrorKind.INVALID,
        "credentials.key",
        f"The key that seals passwords can't be used: {why}. Restore it from the backup.",
    )


def _bound_to(kind: str, owner: UUID, field: str) -> bytes:
    return f"{kind}:{owner}:{field}".encode()


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text)
