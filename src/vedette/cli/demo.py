"""`--demo N`: simulated cameras and a place for their footage, on an empty installation."""

from vedette.api.demo import add_simulated
from vedette.cameras.credentials import open_vault
from vedette.cameras.service import CameraService
from vedette.core.clock import SystemClock
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.events.recorders import NobodyListens
from vedette.settings import Settings
from vedette.storage.service import VolumeService

log = get_logger("demo")


async def prepare_demo(database: Database, settings: Settings, count: int) -> None:
    """Makes `count` simulated cameras where there is no camera yet, and the default volume where there is no volume."""
    clock = SystemClock()
    service = CameraService(database, clock, open_vault(settings), NobodyListens())
    if await service.names():
        log.info("cameras exist, no simulated ones are added")
        return
    await VolumeService(database, clock).ensure_default(settings.default_volume)
    await add_simulated(service, count, settings.simulator_port)
