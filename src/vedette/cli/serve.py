"""`vedette serve`: everything on this machine."""

import argparse
import asyncio
import sys

from vedette.cameras.needs import camera_needs
from vedette.cli import network
from vedette.cli.common import prepare_data, run_async, settings_from
from vedette.cli.demo import SimulatorPort, prepare_demo
from vedette.cli.program import command
from vedette.cli.remains import remains, told
from vedette.core.clock import SystemClock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.lifecycle import end_with_parent, single_instance, stop_event
from vedette.core.logs import configure, get_logger, is_text
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.http.binding import address_for_people, check_bind, listen, own_address
from vedette.http.tls import certificate_of, context_of
from vedette.identity import setup
from vedette.identity import users_repository as users
from vedette.settings import Settings
from vedette.supervisor import Needs, Program, Supervisor, programs

log = get_logger("serve")

MAX_DEMO = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    network.add_arguments(parser)
    parser.add_argument(
        "--recorders", type=int, default=None, help="recorder processes that share the cameras (default 1)"
    )
    parser.add_argument(
        "--demo",
        type=int,
        default=0,
        metavar="N",
        help="make N simulated cameras on an empty installation and record them",
    )


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments, recorders=arguments.recorders, **network.given(arguments))
    if not 0 <= arguments.demo <= MAX_DEMO:
        raise VedetteError(ErrorKind.INVALID, "serve.demo", f"--demo takes 0 to {MAX_DEMO} cameras.", field="demo")
    settings = for_console(settings)
    configure("supervisor", level=settings.log_level, lines=settings.log_format)
    end_with_parent()  # where who started it says so: tests that are cut off leave nothing behind
    _check_certificate(settings)
    listen(settings).close()  # a taken port is said at once, instead of by an api that dies again and again
    prepare_data(settings)
    with single_instance(settings.run_dir, "supervisor"):
        return run_async(_serve(settings, arguments.demo, network.passed_on(arguments, settings)))


def for_console(settings: Settings) -> Settings:
    """How much is logged and how, decided once for all processes. Somebody who looks on reads of what goes wrong, and
    is not shown what goes as it should, unless they ask for it: the address to open would be lost in that."""
    text = is_text(settings.log_format)
    level = "warning" if text and "log_level" not in settings.model_fields_set else settings.log_level
    return settings.model_copy(update={"log_level": level, "log_format": "text" if text else "json"})


def _check_certificate(settings: Settings) -> None:
    if settings.tls_cert is None:
        return
    context_of(settings)
    found = certificate_of(settings)
    if found is not None and (trouble := found.trouble(SystemClock().now_ms())):
        log.warning(trouble)


async def _serve(settings: Settings, demo: int, api: tuple[str, ...]) -> int:
    stop = stop_event()
    lost = _lost(settings)
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, cache_kib=1024, pool_size=1)
    try:
        token = await _setup_token(database, settings)
        check_bind(settings, has_accounts=token is None)
        simulator = SimulatorPort(database, settings)
        await simulator.claim()
        if demo:
            await prepare_demo(database, settings, demo)
        log_options = ("--log-level", settings.log_level, "--log-format", settings.log_format)
        options = ("--data", str(settings.data), *log_options)

        async def look() -> list[Program]:
            async with database.read() as session:
                needs = await camera_needs(session)
            return programs(
                recorders=settings.recorders,
                needs=Needs(libav=needs.libav, simulator=needs.simulator),
                options=options,
                api=api,
                simulator=await simulator.follow(needed=needs.simulator),
            )

        announcing = asyncio.create_task(_announce(settings, token, lost))
        try:
            await Supervisor(settings.run_dir).run(look, stop)
        finally:
            announcing.cancel()
            await asyncio.gather(announcing, return_exceptions=True)
            simulator.close()
    finally:
        await database.aclose()
    return 0


def _lost(settings: Settings) -> str:
    """How to come back to a database that was here and is gone; empty where none was. It is warned of, no more: a
    recorder that waits for a person records nothing."""
    left = remains(settings)
    if left is None or not left.of_a_lost_one:
        return ""
    log.warning("the database is gone, a new one is begun", data=str(settings.data.resolve()))
    return f"THE DATABASE WAS GONE, A NEW AND EMPTY ONE WAS BEGUN. {told(settings, left)}"


async def _setup_token(database: Database, settings: Settings) -> str | None:
    """A fresh token for the first administrator, None when there are accounts."""
    async with database.read() as session:
        if await users.count(session) > 0:
            setup.forget_token(settings)
            return None
    return setup.make_token(settings)


async def _announce(settings: Settings, token: str | None, lost: str) -> None:
    """Says where it is once the api answers there."""
    host = own_address(settings)
    while True:
        try:
            _reader, writer = await asyncio.open_connection(host, settings.port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        break
    make_admin = command(settings, "user", "create", "NAME", "--role", "admin")
    print(greeting(address_for_people(settings), token, make_admin, lost), file=sys.stderr, flush=True)


def greeting(address: str, token: str | None, make_admin: str, lost: str = "") -> str:
    """What is said once it runs: the address is the last thing, and stands alone. `make_admin` is the command that
    makes an administrator of this installation, `lost` how to bring back a database that was there before. The token is
    in the fragment: browsers send that to no server, so no log has it."""
    if token is None:
        return f"\n  Vedette is running; Ctrl+C stops it.\n\n      {address}\n"
    before = f"\n  {lost}\n" if lost else ""
    return (
        f"{before}\n  Vedette is running, and has no accounts yet. Ctrl+C stops it.\n\n"
        "  To make the first administrator without a browser, on this machine:\n\n"
        f"      {make_admin}\n\n"
        "  With one, open this address, which is good once and until the next start:\n\n"
        f"      {address}/setup#token={token}\n"
    )
