"""Simulated cameras for whoever wants to look before connecting a real one."""

from vedette.cameras.schemas import CameraCreate
from vedette.cameras.service import CameraService, Stored


async def add_simulated(service: CameraService, count: int, port: int) -> list[Stored]:
    """Adds `count` simulated cameras that are not there yet, each with a main and a sub-stream."""
    made: list[Stored] = []
    number = 0
    present = await service.names()
    while len(made) < count:
        number += 1
        name = f"Demo {number}"
        if name.lower() in present:
            continue
        given = CameraCreate(
            name=name,
            url=f"rtsp://127.0.0.1:{port}/demo-{number}",
            sub_url=f"rtsp://127.0.0.1:{port}/demo-{number}/sub",
        )
        made.append(await service.create(given, simulated=True))
    return made
