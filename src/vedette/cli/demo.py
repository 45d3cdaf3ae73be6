"""Simulated cameras of an installation: `--demo N`, and the port on which they answer.

Several installations may run on one machine, and each has to reach its own simulator. So the supervisor opens the
socket, for as long as there are simulated cameras, and the simulator inherits it: nobody can take the port while that
is started again. Where another program has the port, a free one is taken, remembered, and the addresses follow.
"""

import re
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
from vedette.media.simulator.catalogue import find
from vedette.media.simulator.server import listen
from vedette.settings import Settings
from vedette.storage.service import VolumeService
from vedette.vault import open_vault

log = get_logger("demo")

_OURS = re.compile(r"rtsp://127\.0\.0\.1:[0-9]+/(?P<camera>[^/?#]+)")


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


class SimulatorPort:
    """The listening socket of this installation's simulated cameras, held while there are any. `descriptor` is for the
    simulator to inherit, None while the socket is not held."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._listener: socket.socket | None = None

    @property
    def descriptor(self) -> int | None:
        return None if self._listener is None else self._listener.fileno()

    async def follow(self, *, needed: bool) -> int | None:
        """Takes the socket when the first simulated camera is there, and gives it back after the last; `descriptor`.
        Without a port it is tried again at the next call."""
        if not needed:
            self.close()
        elif self._listener is None:
            try:
                await self.claim()
            except VedetteError as error:
                log.warning("the simulated cameras can't be started", reason=error.message)
        return self.descriptor

    async def claim(self) -> None:
        """Takes the socket; the simulated cameras' addresses lead to it afterwards. At the start that is done without
        such cameras as well, and given back by `follow`: those that are added later get a port that nobody has.

        Raises VedetteError `simulator.port` when there is no port at all.
        """
        async with self._database.read() as session:
            known = await simulator_port(session, self._settings)
        chosen = self._settings.simulator_port if "simulator_port" in self._settings.model_fields_set else known
        self._listener = _listen(chosen, known, 0)
        port: int = self._listener.getsockname()[1]
        moved = 0
        async with self._database.write() as session:
            # All, and not those on the port that was known: a rebuilt database has the addresses, and not the port.
            for stream in await repository.simulated_streams(session):
                there = address_at(stream.url, port)
                moved += there != stream.url
                stream.url = there
            await preferences.save(session, {preferences.SIMULATOR_PORT: port})
        if moved and port != chosen:
            log.warning("another program has the port of the simulated cameras", port=chosen, instead=port)
        if moved:
            log.info("simulated cameras have another port now", port=port, streams=moved)

    def close(self) -> None:
        """Gives the socket back."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def address_at(url: str, port: int) -> str:
    """The address of a simulated camera's stream on another port of this machine. What a person has changed to lead to
    another machine, or to a camera that the simulator doesn't have, stays as it is."""
    found = _OURS.match(url)
    if found is None or find(found["camera"]) is None:
        return url
    return f"rtsp://127.0.0.1:{port}/{url[found.start('camera') :]}"


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
