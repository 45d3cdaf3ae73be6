"""Simulated cameras for whoever wants to look before connecting a real one."""

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import Principal
from vedette.cameras.schemas import CameraCreate
from vedette.cameras.service import CameraService, Stored
from vedette.events import preferences
from vedette.media.simulator.catalogue import demo_cameras
from vedette.settings import Settings


async def simulator_port(session: AsyncSession, settings: Settings) -> int:
    """Where this installation's simulated cameras answer: the port that the supervisor got last, else the setting."""
    stored = await preferences.load(session, preferences.SIMULATOR_PORT)
    return int(stored.get(preferences.SIMULATOR_PORT, settings.simulator_port))


async def add_simulated(service: CameraService, count: int, port: int, caller: Principal) -> list[Stored]:
    """Adds `count` simulated cameras that are not there yet, each with a main and a sub-stream."""
    made: list[Stored] = []
    present = await service.names()
    absent = [camera for camera in demo_cameras(count + len(present)) if camera.name.lower() not in present]
    for camera in absent[:count]:
        url = f"rtsp://127.0.0.1:{port}/{camera.slug}"
        given = CameraCreate(name=camera.name, url=url, sub_url=f"{url}/sub")
        made.append(await service.create(given, caller, simulated=True))
    return made
