"""Slugs: names that are safe as a directory, in a URL and in a label of a metric."""

import re
import unicodedata
from collections.abc import Container

MAX_SLUG = 48
_FALLBACK = "camera"
_SLUG = re.compile(r"[a-z0-9-]+")

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"})


def slugify(name: str) -> str:
    """`name` in lower-case ASCII letters, digits and single hyphens, at most 48 characters.

    A name without any Latin letter or digit becomes `camera`.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).casefold()
    ascii_only = "".join(character for character in plain if not unicodedata.combining(character))
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return words[:MAX_SLUG].strip("-") or _FALLBACK


def is_slug(text: str) -> bool:
    """Whether `text` could be a slug."""
    return len(text) <= MAX_SLUG and _SLUG.fullmatch(text) is not None


def free_slug(name: str, taken: Container[str]) -> str:
    """The slug of `name`, with `-2`, `-3`... when it is taken."""
    base = slugify(name)
    candidate = base
    number = 2
    while candidate in taken:
        suffix = f"-{number}"
        candidate = base[: MAX_SLUG - len(suffix)].rstrip("-") + suffix
        number += 1
    return candidate
