"""An installation as `vedette serve` leaves it behind, without having to run it."""

from pathlib import Path

from vedette.db.migrate import migrate
from vedette.settings import Settings


async def make_installation(data: Path) -> Path:
    """Makes an empty one in `data`."""
    data.mkdir(parents=True, exist_ok=True)
    await migrate(Settings(data=data).sqlalchemy_url)
    return data
