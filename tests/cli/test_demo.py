"""Simulated cameras of several installations on one machine."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import delete

from vedette.api.demo import simulator_port
from vedette.cameras import repository
from vedette.cli.demo import SimulatorPort, address_at, prepare_demo
from vedette.db.session import Database
from vedette.events import preferences
from vedette.events.tables import PreferenceRow
from vedette.settings import Settings

pytestmark = pytest.mark.anyio


async def urls(database: Database) -> set[str]:
    async with database.read() as session:
        return {stream.url for stream, _ in await repository.streams(session)}


async def remembered(database: Database) -> int:
    async with database.read() as session:
        return await simulator_port(session, Settings(simulator_port=1))


def both(port: int) -> set[str]:
    return {f"rtsp://127.0.0.1:{port}/front-door{kind}" for kind in ("", "/sub")}


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


async def test_an_installation_keeps_its_port_and_moves_on_where_another_has_it(
    database: Database, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        settings = Settings(data=tmp_path, simulator_port=taken)
        first = SimulatorPort(database, settings)
        await first.claim()
    port = await remembered(database)
    assert port != taken
    await prepare_demo(database, settings, 1)
    assert await urls(database) == both(port)

    # The next start without a word about ports: the same one, and when it is taken the addresses follow.
    first.close()
    again, third = (SimulatorPort(database, Settings(data=tmp_path)) for _ in range(2))
    await again.claim()
    assert await remembered(database) == port
    await third.claim()
    moved = await remembered(database)
    assert moved != port
    assert await urls(database) == both(moved)
    again.close()
    third.close()


async def test_the_port_is_held_only_while_it_is_needed(sqlite_database: Database, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    simulator = SimulatorPort(sqlite_database, Settings(data=tmp_path, simulator_port=port))
    await simulator.claim()
    assert not is_free(port)
    assert await simulator.follow(needed=False) is None
    assert is_free(port)
    descriptor = await simulator.follow(needed=True)
    assert descriptor is not None
    assert not is_free(port)
    assert await simulator.follow(needed=True) == descriptor, "nothing is started anew"
    simulator.close()
    assert is_free(port)


async def test_the_addresses_of_a_rebuilt_database_lead_to_the_simulator(
    sqlite_database: Database, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path)
    async with sqlite_database.write() as session:
        await preferences.save(session, {preferences.SIMULATOR_PORT: 47555})
    await prepare_demo(sqlite_database, settings, 1)
    assert await urls(sqlite_database) == both(47555)
    async with sqlite_database.write() as session:  # as reindex leaves it: no preference
        await session.execute(delete(PreferenceRow))
    simulator = SimulatorPort(sqlite_database, settings)
    await simulator.claim()
    port = await remembered(sqlite_database)
    assert await urls(sqlite_database) == both(port)
    assert port != 47555
    simulator.close()


@pytest.mark.parametrize(
    ("url", "then"),
    [
        ("rtsp://127.0.0.1:7554/front-door", "rtsp://127.0.0.1:8000/front-door"),
        ("rtsp://127.0.0.1:1/cam-7/sub?loss=1", "rtsp://127.0.0.1:8000/cam-7/sub?loss=1"),
        ("rtsp://127.0.0.1:8554/relayed", "rtsp://127.0.0.1:8554/relayed"),
        ("rtsp://192.0.2.7:7554/front-door", "rtsp://192.0.2.7:7554/front-door"),
        ("http://127.0.0.1:7554/front-door", "http://127.0.0.1:7554/front-door"),
        ("", ""),
    ],
)
def test_only_addresses_of_the_simulator_move(url: str, then: str) -> None:
    assert address_at(url, 8000) == then
