"""The first run: a token that is printed on the console lets whoever can read it make the first administrator.

It is made at each start while there is no account, good once, and kept as a hash in the data directory: the process
that prints it and the one that answers are not the same. There is no default password.
"""

import hmac
import os
import secrets
from pathlib import Path

from vedette.core.errors import ErrorKind, VedetteError
from vedette.identity.session_tokens import hash_of
from vedette.settings import Settings

_TOKEN_BYTES = 18
_LONGEST = 1000


def token_file(settings: Settings) -> Path:
    """Where the hash lies."""
    return settings.data / "setup-token.sha256"


def make_token(settings: Settings) -> str:
    """A fresh token; the one before is good no more."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    path = token_file(settings)
    temporary = path.with_suffix(".tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(hash_of(token) + "\n")
    temporary.replace(path)
    return token


def check_token(settings: Settings, token: str) -> None:
    """Raises VedetteError `auth.setup_token` when it is not the present one. 144 random bits need no delay."""
    try:
        kept = token_file(settings).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    if not kept or not hmac.compare_digest(kept, hash_of(token.strip()[:_LONGEST])):
        raise VedetteError(
            ErrorKind.UNAUTHENTICATED,
            "auth.setup_token",
            "This is not the set-up token. Vedette prints it on its console (or in its log) at each start until there "
            "is an account.",
            field="token",
        )


def forget_token(settings: Settings) -> None:
    """It was used, or there is an account already."""
    token_file(settings).unlink(missing_ok=True)
