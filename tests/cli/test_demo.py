"""Simulated cameras of several installations on one machine."""

import socket
from pathlib import Path

import pytest

from vedette.api.demo import simulator_port
from vedette.cameras import repository
from vedette.cli.demo import claim_port, prepare_demo
from vedette.db.session import Database
from vedette.settings import Settings

pytestmark = pytest.mark.anyio


async def urls(database: Database) -> set[str]:
    async with database.read() as session:
        return {stream.url for stream, _ in await repository.streams(session)}


async def test_an_installation_keeps_its_port_and_moves_on_where_another_has_it(
    database: Database, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        settings = Settings(data=tmp_path, simulator_port=taken)
        first = await claim_port(database, settings)
    port = first.getsockname()[1]
    assert port != taken
    await prepare_demo(database, settings, 1)
    assert await urls(database) == {f"rtsp://127.0.0.1:{port}/front-door{kind}" for kind in ("", "/sub")}

    # The next start without a word about ports: the same one, and when it is taken the addresses follow.
    first.close()
    plain = Settings(data=tmp_path)
    with await claim_port(database, plain) as again:
        assert again.getsockname()[1] == port
        with await claim_port(database, plain) as third:
            moved = third.getsockname()[1]
            assert moved != port
            async with database.read() as session:
                assert await simulator_port(session, plain) == moved
            assert await urls(database) == {f"rtsp://127.0.0.1:{moved}/front-door{kind}" for kind in ("", "/sub")}


async def test_only_addresses_of_the_simulator_move(sqlite_database: Database, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with await claim_port(sqlite_database, settings) as first:
        await prepare_demo(sqlite_database, settings, 1)
        async with sqlite_database.write() as session:
            for stream, _ in await repository.streams(session):
                stream.url = f"rtsp://192.0.2.7:{first.getsockname()[1]}/{stream.kind}"
        before = await urls(sqlite_database)
        with await claim_port(sqlite_database, settings):
            assert await urls(sqlite_database) == before
