"""Simulated cameras of an installation: `--demo N`, and the port on which they answer.

Several installations may run on one machine, and each has to reach its own simulator. So the supervisor opens the
socket, for as long as it runs, and the simulator inherits it: nobody can take the port in between. Where another
program has the port, a free one is taken, remembered, and the simulated cameras' addresses follow.
"""

import socket

from vedette.api.demo import add_simulated, simulator_port
from vedette.cameras import repository
from vedette.cameras.service import CameraService
from vedette.cli.common import operator
from vedette.core.clock import SystemClock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.events import preferences
from vedette.events.recorders import NobodyListens
from vedette.media.simulator.server import listen
from vedette.settings import Settings
from vedette.storage.service import VolumeService
from vedette.vault import open_vault

log = get_logger("demo")


async def prepare_demo(database: Database, settings: Settings, count: int) -> None:
    """Makes `count` simulated cameras where there is no camera yet, and the default volume where there is no volume."""
    clock = SystemClock()
    service = CameraService(database, clock, open_vault(settings), NobodyListens())
    if await service.names():
        log.info("cameras exist, no simulated ones are added")
        return
    await VolumeService(database, clock).ensure_default(settings.default_volume)
    async with database.read() as session:
        port = await simulator_port(session, settings)
    await add_simulated(service, count, port, operator())


async def claim_port(database: Database, settings: Settings) -> socket.socket:
    """The listening socket of this installation's simulated cameras, whose addresses lead to it afterwards.

    Raises VedetteError `simulator.port` when there is no port at all.
    """
    async with database.read() as session:
        known = await simulator_port(session, settings)
    chosen = settings.simulator_port if "simulator_port" in settings.model_fields_set else known
    listener = _listen(chosen, known, 0)
    port: int = listener.getsockname()[1]
    if port != chosen:
        log.warning("another program has the port of the simulated cameras", port=chosen, instead=port)
    async with database.write() as session:
        if port != known:
            moved = await repository.move_simulated(session, known, port)
            log.info("simulated cameras have another port now", port=port, streams=moved)
        await preferences.save(session, {preferences.SIMULATOR_PORT: port})
    return listener


def _listen(*ports: int) -> socket.socket:
    """On the first that is free."""
    failure: OSError | None = None
    for port in ports:
        try:
            return listen("127.0.0.1", port)
        except OSError as error:
            failure = error
    raise VedetteError(
        ErrorKind.UNAVAILABLE, "simulator.port", f"No port is free for the simulated cameras ({failure})."
    )
