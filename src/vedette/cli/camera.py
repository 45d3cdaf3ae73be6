"""`vedette camera list|add|test|remove`: cameras from the command line, whether or not the server runs. A running
recorder sees the change within a few seconds."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr, ValidationError

from vedette.cameras.credentials import open_vault
from vedette.cameras.logins import inside_urls
from vedette.cameras.probing import Prober
from vedette.cameras.schemas import CameraCreate, ProbeReport
from vedette.cameras.service import CameraService, Stored
from vedette.cameras.urls import parse_credentials, parse_source_url
from vedette.cameras.views import present_streams, shown_url
from vedette.cli.common import prepare_data, run_async, settings_from
from vedette.core.clock import SystemClock
from vedette.core.errors import invalid, not_found
from vedette.core.logs import configure
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.events.recorders import NobodyListens
from vedette.settings import Settings

_PAGE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    listing = actions.add_parser("list", help="list the cameras")
    listing.add_argument("--json", action="store_true", help="one JSON array, for scripts")

    adding = actions.add_parser("add", help="add a camera")
    adding.add_argument("name")
    adding.add_argument("url", help="rtsp://..., user and password in it are taken out and sealed")
    adding.add_argument("--sub-url", default=None, help="address of a second, smaller stream")
    _credentials(adding)
    adding.add_argument("--no-test", action="store_true", help="add it even if it can't be reached now")

    testing = actions.add_parser("test", help="connect to a camera, or to an address, and say what it sends")
    testing.add_argument("camera", help="name or slug of a camera, or an address")
    testing.add_argument("--json", action="store_true", help="the whole result as JSON")
    _credentials(testing)

    removing = actions.add_parser("remove", help="remove a camera")
    removing.add_argument("camera", help="name or slug")
    removing.add_argument(
        "--footage", choices=("keep", "delete"), default="keep", help="let it age out (default), or delete it now"
    )
    removing.add_argument("--yes", action="store_true", help="do not ask")


def _credentials(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", default=None)
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("camera", level=settings.log_level if arguments.log_level else "warning")
    actions: dict[str, Callable[[argparse.Namespace, Settings], Awaitable[int]]] = {
        "list": _list,
        "add": _add,
        "test": _test,
        "remove": _remove,
    }

    async def act() -> int:
        return await actions[arguments.action](arguments, settings)

    return run_async(act())


@asynccontextmanager
async def _cameras(settings: Settings) -> AsyncIterator[CameraService]:
    prepare_data(settings)
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        yield CameraService(database, SystemClock(), open_vault(settings), NobodyListens())
    finally:
        await database.aclose()


async def _all(service: CameraService) -> list[Stored]:
    cameras, after = await service.page(_PAGE, None, None)
    while after is not None:
        more, after = await service.page(_PAGE, after, None)
        cameras += more
    return cameras


async def _named(service: CameraService, word: str) -> Stored:
    for camera in await _all(service):
        if word in (camera.row.slug, str(camera.row.id)) or word.casefold() == camera.row.name.casefold():
            return camera
    raise not_found("camera.not_found", f"There is no camera {word}. See: vedette camera list")


async def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _cameras(settings) as service:
        cameras = await _all(service)
    rows = [
        {
            "slug": camera.row.slug,
            "name": camera.row.name,
            "enabled": camera.row.enabled,
            "recording": camera.row.recording_override or camera.row.recording_mode,
            "streams": {stream.kind: shown_url(stream.url) for stream in present_streams(camera.row)},
            "id": str(camera.row.id),
        }
        for camera in cameras
    ]
    if arguments.json:
        print(json.dumps(rows, indent=2))
    elif not rows:
        print("No cameras yet. Add one: vedette camera add NAME rtsp://...")
    else:
        _table(("SLUG", "NAME", "RECORDING", "MAIN STREAM"), rows)
    return 0


def _table(head: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    lines = [head]
    for row in rows:
        mode = row["recording"] if row["enabled"] else "disabled"
        lines.append((row["slug"], row["name"], mode, row["streams"].get("main", "")))
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _password(arguments: argparse.Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else None


async def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    password = _password(arguments)
    try:
        given = CameraCreate(
            name=arguments.name,
            url=arguments.url,
            sub_url=arguments.sub_url,
            username=arguments.username,
            password=None if password is None else SecretStr(password),
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid("camera.invalid", f"{first['loc'][0]}: {first['msg']}", field=str(first["loc"][0])) from error
    if not arguments.no_test and not await _probe_address(arguments.url, arguments.username, password, as_json=False):
        print("Not added. Mend this first, or add it as it is with --no-test.", file=sys.stderr)
        return 1
    async with _cameras(settings) as service:
        stored = await service.create(given)
    print(f"Added {stored.row.name} ({stored.row.slug}).")
    return 0


async def _test(arguments: argparse.Namespace, settings: Settings) -> int:
    if "://" in arguments.camera:
        fine = await _probe_address(arguments.camera, arguments.username, _password(arguments), as_json=arguments.json)
        return 0 if fine else 1
    async with _cameras(settings) as service:
        camera = await _named(service, arguments.camera)
        target = await service.source(camera.row.slug, "main")
    report = await Prober(SystemClock()).probe(target.source, target.credentials, target.engine)
    return 0 if _show(report, as_json=arguments.json) else 1


async def _probe_address(url: str, username: str | None, password: str | None, *, as_json: bool) -> bool:
    source = parse_source_url(url)
    credentials = inside_urls([source], username, password) or parse_credentials(username, password)
    return _show(await Prober(SystemClock()).probe(source, credentials, "auto"), as_json=as_json)


def _show(report: ProbeReport, *, as_json: bool) -> bool:
    """Prints what a probe saw, for a person or as JSON, and says whether it went well."""
    if as_json:
        print(report.model_dump_json(indent=2, exclude={"snapshot"}))
        return report.ok
    print(report.message)
    if report.remedy:
        print(report.remedy)
    if report.video:
        video = report.video
        interval = "unknown" if video.key_interval_s is None else f"{video.key_interval_s:.1f} s"
        print(
            f"  video  {video.codec} {video.profile}, {video.width}x{video.height}, {video.fps:.3g} fps, "
            f"{video.bitrate / 1e6:.1f} Mb/s, key frame every {interval}"
        )
    if report.audio:
        print(f"  audio  {report.audio.codec}, {report.audio.sample_rate} Hz, {report.audio.channels} channel(s)")
    if report.round_trip_ms is not None:
        print(f"  {report.engine} engine, round trip {report.round_trip_ms:.0f} ms")
    for warning in report.warnings:
        print(f"  note: {warning.message}")
    return report.ok


async def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _cameras(settings) as service:
        camera = await _named(service, arguments.camera)
        if not arguments.yes and not await asyncio.to_thread(_confirmed, camera.row.name, arguments.footage):
            print("Nothing was removed.")
            return 1
        await service.delete(camera.row.slug, arguments.footage, None)
    print(f"Removed {camera.row.name}.")
    return 0


def _confirmed(name: str, footage: str) -> bool:
    if not sys.stdin.isatty():
        raise invalid("camera.confirm", "Say --yes to remove a camera without being asked.", field="yes")
    fate = "deleted now" if footage == "delete" else "kept until retention removes it"
    return input(f"Remove {name}? Its footage is {fate}. [y/N] ").strip().lower() in ("y", "yes")
