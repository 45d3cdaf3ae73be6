"""The settings that people edit, as typed values over their rows."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.events.tables import PreferenceRow

TIMEZONE, THEME, KEEP_DAYS, SET_UP = "site.timezone", "site.theme", "site.keep_days", "setup.finished"
COVERAGE_SLO = "site.coverage_slo"
SIMULATOR_PORT = "simulator.port"
PLACE = "site.place"


async def load(session: AsyncSession, *keys: str) -> dict[str, Any]:
    """The values of those of `keys` that were ever set."""
    rows = await session.execute(select(PreferenceRow.key, PreferenceRow.value).where(PreferenceRow.key.in_(keys)))
    return dict(rows.all())


async def save(session: AsyncSession, values: dict[str, Any]) -> None:
    """Sets each key to its JSON value."""
    for key, value in values.items():
        await session.merge(PreferenceRow(key=key, value=value))
