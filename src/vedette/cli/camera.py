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

from vedette.cameras.logins import inside_urls
from vedette.cameras.probing import Prober
from vedette.cameras.schemas import CameraCreate, ProbeReport
from vedette.cameras.service import CameraService, Stored
from vedette.cameras.urls import parse_credentials, parse_source_url
from vedette.cameras.views import present_streams, shown_url, stream_of
from vedette.cli.common import operator, run_async, settings_from
from vedette.cli.installation import opened
from vedette.cli.live import LiveStates, look_at_recorders
from vedette.cli.options import EXIT_CODES, add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.logs import configure
from vedette.core.words import bit_rate, frame_rate, sentences
from vedette.events.recorders import NobodyListens
from vedette.settings import Settings
from vedette.vault import open_vault

_PAGE = 200
_WORD_OF = {"name": "NAME", "url": "URL", "sub_url": "--sub-url", "username": "--username", "password": "The password"}
_FATE = {
    "keep": "Its footage stays, and can be played back, until its limits (days, size) or a full disk make it go. To "
    "delete it now: Cameras page, at its foot under “Removed”. (With --footage delete both are done at once.)",
    "delete": "Its footage is deleted by the running server, or after its next start. What is on hold stays till then.",
}
_NOT_REACHED = frozenset({"dns", "refused", "unreachable", "timeout", "closed", "busy", "starting"})


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

    for action in (listing, adding, testing, removing):
        add_common(action)


def _credentials(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", default=None)
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("camera", level=settings.log_level if arguments.log_level else "warning", lines=settings.log_format)
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
    async with opened(settings) as database:
        yield CameraService(database, SystemClock(), open_vault(settings), NobodyListens())


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
    live = await look_at_recorders(settings.run_dir)
    rows = [
        {
            "slug": camera.row.slug,
            "name": camera.row.name,
            "enabled": camera.row.enabled,
            "recording": camera.row.recording_override or camera.row.recording_mode,
            "state": _state(camera, live),
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
        _table(("SLUG", "NAME", "RECORDING", "STATE", "MAIN STREAM"), rows)
        if not live.recorders:
            print("\nNo recorder is running here: vedette serve")
    return 0


def _state(camera: Stored, live: LiveStates) -> str:
    """Of the main stream, as its recorder says; `unknown` when none speaks of it."""
    main = stream_of(camera.row, "main")
    status = live.statuses.get(main.id) if main is not None else None
    return status.state if status is not None else "unknown"


def _table(head: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    lines = [head]
    for row in rows:
        mode = row["recording"] if row["enabled"] else "disabled"
        lines.append((row["slug"], row["name"], mode, row["state"], row["streams"].get("main", "")))
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
        raise _bad_input(error) from error
    async with _cameras(settings) as service:
        await service.require_free_name(given.name)  # before half a minute of testing
    if not arguments.no_test:
        report = await _probe_address(arguments.url, arguments.username, password)
        _show(report, as_json=False)
        if not report.ok:
            print("Not added. Mend this first, or add it as it is with --no-test.", file=sys.stderr)
            return _exit_code(report)
    async with _cameras(settings) as service:
        stored = await service.create(given, operator())
    print(f"Added {stored.row.name} ({stored.row.slug}).")
    return 0


def _bad_input(error: ValidationError) -> VedetteError:
    """What pydantic refused, as the API says it, with the words of the command line."""
    first = error.errors()[0]
    field = str(first["loc"][0])
    if (field, first["type"]) == ("name", "string_too_short"):
        return invalid("camera.invalid", "Give the camera a name: vedette camera add NAME rtsp://...", field=field)
    said = sentences(str(first["msg"]).removeprefix("Value error, "))
    return invalid("camera.invalid", f"{_WORD_OF.get(field, field)}: {said}", field=field)


async def _test(arguments: argparse.Namespace, settings: Settings) -> int:
    if "://" in arguments.camera:
        report = await _probe_address(arguments.camera, arguments.username, _password(arguments))
    else:
        async with _cameras(settings) as service:
            camera = await _named(service, arguments.camera)
            target = await service.source(camera.row.slug, "main")
        report = await Prober(SystemClock()).probe(target.source, target.credentials, target.engine)
    _show(report, as_json=arguments.json)
    return _exit_code(report)


async def _probe_address(url: str, username: str | None, password: str | None) -> ProbeReport:
    source = parse_source_url(url)
    credentials = inside_urls([source], username, password) or parse_credentials(username, password)
    return await Prober(SystemClock()).probe(source, credentials, "auto")


def _exit_code(report: ProbeReport) -> int:
    """5 (as for anything that can't be reached now) where there was no camera to talk to; 1 where it answered, and what
    it said is no use."""
    if report.ok:
        return 0
    return EXIT_CODES[ErrorKind.UNAVAILABLE] if report.code in _NOT_REACHED else 1


def _show(report: ProbeReport, *, as_json: bool) -> None:
    """Prints what a probe saw, for a person or as JSON."""
    if as_json:
        print(report.model_dump_json(indent=2, exclude={"snapshot"}))
        return
    print(report.message)
    if report.remedy:
        print(report.remedy)
    if report.video:
        video = report.video
        interval = "unknown" if video.key_interval_s is None else f"{video.key_interval_s:.1f} s"
        print(
            f"  video  {video.codec} {video.profile}, {video.width}x{video.height}, "
            f"{frame_rate(video.fps)}, {bit_rate(video.bitrate)}, key frame every {interval}"
        )
    if report.audio:
        print(f"  audio  {report.audio.codec}, {report.audio.sample_rate} Hz, {report.audio.channels} channel(s)")
    if report.round_trip_ms is not None:
        print(f"  {report.engine} engine, round trip {report.round_trip_ms:.0f} ms")
    for warning in report.warnings:
        print(f"  note: {warning.message}")


async def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _cameras(settings) as service:
        camera = await _named(service, arguments.camera)
        if not arguments.yes and not await asyncio.to_thread(_confirmed, camera.row.name, arguments.footage):
            print("Nothing was removed.")
            return 1
        await service.delete(camera.row.slug, arguments.footage, None, operator())
    print(f"Removed {camera.row.name}. {_FATE[arguments.footage]}")
    return 0


def _confirmed(name: str, footage: str) -> bool:
    if not sys.stdin.isatty():
        raise invalid("camera.confirm", "Say --yes to remove a camera without being asked.", field="yes")
    fate = "deleted now" if footage == "delete" else "kept until retention removes it"
    return input(f"Remove {name}? Its footage is {fate}. [y/N] ").strip().lower() in ("y", "yes")
