"""Where the site is: what a person said, and what the machine says until then."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.events import preferences
from vedette.events.preferences import TIMEZONE

_LOCALTIME = Path("/etc/localtime")


async def timezone(session: AsyncSession) -> str:
    """The name of the site's time zone."""
    chosen: str | None = (await preferences.load(session, TIMEZONE)).get(TIMEZONE)
    return chosen or local_timezone()


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
