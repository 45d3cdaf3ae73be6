"""Directories that a proxy has under locations of its own."""

import re

_MAPPING = re.compile(r"(?P<directory>/[^\0]*)=(?P<place>/(?:[A-Za-z0-9._-]+/)+)")


def parse_mapping(text: str) -> tuple[str, str]:
    """Directory and location of `/srv/vedette/footage=/.footage/`. Raises ValueError with a sentence for a person."""
    found = _MAPPING.fullmatch(text)
    if found is None or ".." in (*found["directory"].split("/"), *found["place"].split("/")):
        raise ValueError(f"{text!r} is not a directory and nginx's location for it, as /srv/vedette/footage=/.footage/")
    return found["directory"].rstrip("/") or "/", found["place"]
