"""Facts about the machine that stand in until a person says otherwise."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCALTIME = Path("/etc/localtime")


def local_timezone() -> str:
    """The machine's time zone by name (TZ, then /etc/localtime), UTC when it has none."""
    for name in (os.environ.get("TZ", "").removeprefix(":"), _linked_zone()):
        if name and _known(name):
            return name
    return "UTC"


def _linked_zone() -> str:
    _, found, name = str(_LOCALTIME.resolve()).partition("/zoneinfo/")
    return name.replace("Etc/UTC", "UTC") if found else ""


def _known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
