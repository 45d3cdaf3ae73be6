"""What an API token looks like: `vdt_`, 40 characters that can't be guessed, and a checksum of 6. Pure but for
randomness.

The prefix lets people and programs that look for leaked secrets recognise one; the checksum (CRC-32 of what stands
before it) tells a mistyped or invented one without asking the database. It has no dots: that tells it from an access
token, and no sign that a shell, a URL or a double click would break it at.
"""

import re
import secrets
import string
import zlib

PREFIX = "vdt_"
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM = 40  # of 62 signs each: 238 bits
_CHECK = 6
_FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{_RANDOM + _CHECK}}}", re.ASCII)
_HINT = len(PREFIX) + 6


def new_token() -> str:
    """A token that nobody has seen."""
    body = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return body + _checksum(body)


def is_token(text: str) -> bool:
    """Whether it can be one of ours."""
    return _FORM.fullmatch(text) is not None and _checksum(text[:-_CHECK]) == text[-_CHECK:]


def hint_of(token: str) -> str:
    """What may be shown of it, to recognise it by: the first 6 random characters leave 202 bits."""
    return token[:_HINT]


def _checksum(body: str) -> str:
    number = zlib.crc32(body.encode())
    digits = []
    for _ in range(_CHECK):
        number, digit = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))
