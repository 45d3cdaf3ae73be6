"""Passwords that a camera takes as parameters of its URL (`?user=admin&password=...`), sealed where they stand.

The stored URL stays a URL that can be searched and shown; only the secret values in it are ciphertexts, each bound to
the camera, the stream and the host. So one that is copied to another host's address does not open there.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from vedette.core.redaction import change_secret_parameters
from vedette.vault import LOST

_MARK = "sealed~"

# (field, text) -> text
Convert = Callable[[str, str], str]


def seal_url(url: str, kind: str, seal: Convert) -> str:
    """`url` of the stream `kind` with its secret parameters sealed."""
    field = _field(url, kind)
    return change_secret_parameters(url, lambda value: _MARK + seal(field, value))


def open_url(url: str, kind: str, unseal: Convert) -> str:
    """What `seal_url` was given. Values that were stored as text are left as they are.

    Raises VedetteError as `unseal` does.
    """
    if _MARK not in url:
        return url
    field = _field(url, kind)

    def change(value: str) -> str:
        return unseal(field, value.removeprefix(_MARK)) if value.startswith(_MARK) else value

    return change_secret_parameters(url, change)


def sealed_values(url: str) -> list[str]:
    """The ciphertexts in a stored URL."""
    found: list[str] = []

    def note(value: str) -> str:
        if value.startswith(_MARK):
            found.append(value.removeprefix(_MARK))
        return value

    if _MARK in url:
        change_secret_parameters(url, note)
    return found


def lose_secrets(url: str, masked: str) -> str:
    """`url` with each secret parameter that says only `masked` marked as lost: it does not open until it is entered."""
    return change_secret_parameters(url, lambda value: _MARK + LOST if value == masked else value)


def is_lost(url: str) -> bool:
    """Whether a secret in a stored URL is one that was lost."""
    return LOST in sealed_values(url)


def _field(url: str, kind: str) -> str:
    return f"url:{kind}:{urlsplit(url).hostname}"
