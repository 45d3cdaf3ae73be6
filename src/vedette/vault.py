"""Secrets at rest: AES-256-GCM, each bound to its row and column.

A sealed text is `v1:{key id}:{nonce}:{ciphertext}` (URL-safe base64). The associated data names the owner (a camera, a
user) and the field, so a ciphertext that is moved to another row does not open. The installation's key is 32 random
bytes in `{data}/secret.key` (mode 0600, made at the first start), or in the environment as VEDETTE_SECRET_KEY for
deployments that keep secrets elsewhere. Without the key the secrets are gone: it belongs into the backup, apart from
the database.

There may be several keys, one a line in the file (separated by commas in the environment): the first seals, the
others still open what was sealed with them. `vedette secrets rotate` puts a new one in front. Processes that run
notice: before they seal, and when something was sealed with a key that they don't know, they look whether the file has
changed.
"""

import binascii
import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vedette.core.errors import ErrorKind, VedetteError
from vedette.settings import Settings

# Stands where a secret was that no copy has; no key opens it.
LOST = "lost"

_VERSION = "v1"
_KEY_BYTES = 32
_NONCE_BYTES = 12


class Vault:
    """Seals with the first key and opens with all. Cheap to make, safe to share between tasks and threads.

    `file` is where the keys came from, to be looked at again when it changes.
    """

    def __init__(self, key: bytes, *former: bytes, file: Path | None = None) -> None:
        self._file = file
        self._seen = _look(file)
        self._keys = _Keys.of((key, *former))
        self._key = key  # derived keys stay the same as long as the process runs

    @property
    def key_id(self) -> str:
        """The id of the key that seals."""
        return self._keys.current

    @property
    def former_ids(self) -> tuple[str, ...]:
        """The ids of the others."""
        return tuple(key_id for key_id in self._keys.ciphers if key_id != self._keys.current)

    def is_current(self, sealed: str) -> bool:
        """Whether it was sealed with the key that seals now."""
        return key_id_of(sealed) == self.key_id

    def _look_again(self) -> None:
        seen = _look(self._file)
        if self._file is None or seen is None or seen == self._seen:
            return
        self._keys, self._seen = _Keys.of(_read_keys(self._file)), seen

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for this purpose alone (HKDF, RFC 5869): who learns it learns neither this key nor another
        derived one."""
        return _derived(self._key, purpose)

    @property
    def deriving_id(self) -> str:
        """The id of the key that `derive` derives from: the one that was first when the process began."""
        return key_id(self._key)

    def derive_with(self, purpose: str, key_id: str | None = None) -> tuple[str, bytes] | None:
        """A derived key for what must be readable after a change of keys: the id of the key that seals now, or
        `key_id`, and what is derived from it. None for a key that is not here (any more)."""
        if key_id is None or key_id not in self._keys.raw:
            self._look_again()
        keys = self._keys
        chosen = keys.current if key_id is None else key_id
        raw = keys.raw.get(chosen)
        return None if raw is None else (chosen, _derived(raw, purpose))

    def seal(self, owner: UUID, field: str, plain: str, *, kind: str = "camera") -> str:
        """`plain`, readable only for `field` of this camera, or of another `kind` of owner."""
        self._look_again()
        keys, nonce = self._keys, os.urandom(_NONCE_BYTES)
        sealed = keys.ciphers[keys.current].encrypt(nonce, plain.encode(), _bound_to(kind, owner, field))
        return ":".join((_VERSION, keys.current, _encode(nonce), _encode(sealed)))

    def open_sealed(self, owner: UUID, field: str, sealed: str, *, kind: str = "camera") -> str:
        """What `seal` was given.

        Raises VedetteError `credentials.lost` for `LOST`, `credentials.other_key` when it was sealed with another key,
        `credentials.damaged` when it was altered or belongs to another row.
        """
        if sealed == LOST:
            raise VedetteError(
                ErrorKind.DATA_LOSS,
                "credentials.lost",
                "The camera's login was lost with the database. Enter it again.",
            )
        version, _, rest = sealed.partition(":")
        key_id, _, rest = rest.partition(":")
        nonce, _, text = rest.partition(":")
        if version != _VERSION:
            raise _damaged()
        if key_id not in self._keys.ciphers:
            self._look_again()
        cipher = self._keys.ciphers.get(key_id)
        if cipher is None:
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "credentials.other_key",
                f"The secret was sealed with key {key_id}, but the key here is {self.key_id}. "
                "Put the former secret.key back, or enter the password again.",
            )
        try:
            plain = cipher.decrypt(_decode(nonce), _decode(text), _bound_to(kind, owner, field))
        except (InvalidTag, ValueError) as error:
            raise _damaged() from error
        return plain.decode()


@dataclass(frozen=True, slots=True)
class _Keys:
    current: str
    ciphers: dict[str, AESGCM]
    raw: dict[str, bytes]

    @staticmethod
    def of(keys: Sequence[bytes]) -> "_Keys":
        if not keys or any(len(key) != _KEY_BYTES for key in keys):
            raise _bad_key("it must be 32 bytes in base64")
        named = {key_id(key): key for key in keys}
        return _Keys(key_id(keys[0]), {name: AESGCM(key) for name, key in named.items()}, named)


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"vedette {purpose}".encode()).derive(key)


def key_id(key: bytes) -> str:
    """What names a key without telling it."""
    return hashlib.sha256(b"vedette key id" + key).hexdigest()[:8]


def key_id_of(sealed: str) -> str:
    """The id of the key that a text was sealed with; empty for one that was not sealed."""
    parts = sealed.split(":")
    return parts[1] if len(parts) == 4 and parts[0] == _VERSION else ""


def open_vault(settings: Settings) -> Vault:
    """The vault of this installation. The key file is made when there is none.

    Raises VedetteError `credentials.key` when the key can't be read or is not one.
    """
    if settings.secret_key is not None:
        return Vault(*_parse_keys(settings.secret_key.get_secret_value().split(",")))
    path = settings.key_file
    try:
        if not path.exists():
            _make_key_file(path)
    except OSError as error:
        raise _bad_key(f"{path} can't be read or made ({error.strerror})") from error
    return Vault(*_read_keys(path), file=path)


def add_key(path: Path) -> str:
    """Puts a new key in front of those in the file, and returns its id. The file is replaced as a whole."""
    key = os.urandom(_KEY_BYTES)
    _replace(path, [key, *_read_keys(path)])
    return key_id(key)


def forget_keys(path: Path, unused: Collection[str]) -> None:
    """Takes keys out of the file, but never the one that seals."""
    first, *others = _read_keys(path)
    _replace(path, [first, *(key for key in others if key_id(key) not in unused)])


def _read_keys(path: Path) -> list[bytes]:
    try:
        return _parse_keys(path.read_text("ascii").split() or [""])
    except OSError as error:
        raise _bad_key(f"{path} can't be read or made ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _bad_key(f"{path} is not a key file") from error


def _look(path: Path | None) -> tuple[int, int, int] | None:
    """What changes when the file does."""
    try:
        status = path.stat() if path is not None else None
    except OSError:
        return None
    return (status.st_ino, status.st_mtime_ns, status.st_size) if status is not None else None


def _replace(path: Path, keys: Sequence[bytes]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"".join(urlsafe_b64encode(key) + b"\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


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


def _parse_keys(texts: Sequence[str]) -> list[bytes]:
    try:
        return [urlsafe_b64decode(text.strip().replace("+", "-").replace("/", "_")) for text in texts]
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
