"""`vedette storage list|add-bucket|move|moves|cancel`: volumes, and moving footage between them."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from vedette.cli.common import operator, run_async, settings_from
from vedette.cli.installation import opened
from vedette.cli.options import add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import invalid, not_found
from vedette.core.logs import configure
from vedette.core.words import count
from vedette.db.session import Database
from vedette.http.instants import parse_instant
from vedette.recordings import repository as recordings
from vedette.recordings.moving.mover import Mover
from vedette.recordings.moving.service import MoveService, Wish
from vedette.recordings.tables_moving import MoveRow
from vedette.settings import Settings
from vedette.storage.s3.address import BucketAddress
from vedette.storage.s3.buckets import Buckets
from vedette.storage.s3.service import BucketService
from vedette.storage.service import VolumeService, usable_places
from vedette.storage.tables import Delivery, VolumeRow
from vedette.vault import open_vault

_DAY_MS = 86_400_000
_LOOK_S = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the volumes and how they are")
    listing.add_argument("--json", action="store_true", help="one JSON array, for scripts")

    adding = actions.add_parser("add-bucket", help="add a bucket of an S3-compatible storage as a volume")
    adding.add_argument("name", help="what it is called here")
    adding.add_argument("--endpoint", required=True, help="as https://s3.example.com")
    adding.add_argument("--bucket", required=True)
    adding.add_argument("--prefix", default="", help="where in the bucket")
    adding.add_argument("--region", default="us-east-1")
    adding.add_argument("--access-key", required=True)
    adding.add_argument("--secret-key-stdin", action="store_true", required=True, help="the secret key is read there")
    adding.add_argument("--virtual-host", action="store_true", help="the bucket is part of the host's name")
    adding.add_argument("--timeout", type=int, default=10, metavar="SECONDS")
    adding.add_argument("--to-browsers", action="store_true", help="players fetch its footage from there themselves")
    adding.add_argument("--existing", action="store_true", help="it is a volume already, with footage in it")

    moving = actions.add_parser("move", help="move closed footage to another volume")
    moving.add_argument("volume", help="where to: name or number")
    moving.add_argument("--older-than", type=int, metavar="DAYS")
    moving.add_argument("--start", metavar="TIME", help="only what begins at or after this, as 2026-11-21T00:00:00Z")
    moving.add_argument("--end", metavar="TIME", help="only what ended before this")
    moving.add_argument("--camera", metavar="SLUG", help="only of this camera")
    moving.add_argument("--source", metavar="VOLUME", help="only from this volume")
    moving.add_argument("--here", action="store_true", help="move in this process, with progress, beside any server")

    following = actions.add_parser("moves", help="the moves and how far they are")
    following.add_argument("--json", action="store_true", help="one JSON array, for scripts")
    cancelling = actions.add_parser("cancel", help="call a move off; what is moved stays moved")
    cancelling.add_argument("move", type=UUID)
    for action in (listing, adding, moving, following, cancelling):
        add_common(action)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("storage", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    actions: dict[str, Callable[[argparse.Namespace, _Desk], Awaitable[int]]] = {
        "list": _list,
        "add-bucket": _add,
        "move": _move,
        "moves": _moves,
        "cancel": _cancel,
    }

    async def act() -> int:
        async with _desk(settings) as desk:
            return await actions[arguments.action](arguments, desk)

    return run_async(act())


@dataclass(frozen=True, slots=True)
class _Desk:
    database: Database
    clock: SystemClock
    buckets: Buckets
    volumes: VolumeService
    moves: MoveService


@asynccontextmanager
async def _desk(settings: Settings) -> AsyncIterator[_Desk]:
    async with opened(settings) as database:
        clock = SystemClock()
        buckets = Buckets(database, clock, open_vault(settings))
        yield _Desk(database, clock, buckets, VolumeService(database, clock, buckets), MoveService(database, clock))


async def _list(arguments: argparse.Namespace, desk: _Desk) -> int:
    present = (await desk.volumes.probe_all()).values()
    if arguments.json:
        fields = [
            {"id": row.id, "name": row.name, "kind": row.kind, "location": row.location, "state": probe.state}
            for row, probe in present
        ]
        print(json.dumps(fields, indent=2))
        return 0
    for row, probe in present:
        print(f"{row.id:>3}  {row.name:20}  {probe.state:10}  {row.location}")
        if probe.detail:
            print(f"     {probe.detail} {probe.remedy}".rstrip())
    return 0


async def _add(arguments: argparse.Namespace, desk: _Desk) -> int:
    secret = sys.stdin.readline().strip()
    address = BucketAddress(
        arguments.endpoint,
        arguments.region,
        arguments.bucket,
        arguments.prefix,
        arguments.access_key,
        secret,
        not arguments.virtual_host,
        arguments.timeout,
    )
    delivery = Delivery.BROWSER if arguments.to_browsers else Delivery.SERVER
    service = BucketService(desk.database, desk.clock, desk.buckets)
    row = await service.create(arguments.name, address, delivery, operator(), create=not arguments.existing)
    print(f"Volume {row.name} is {row.location}. Footage goes there by: vedette storage move {row.id} --older-than 30")
    return 0


async def _move(arguments: argparse.Namespace, desk: _Desk) -> int:
    if (arguments.older_than is None) == (arguments.end is None):
        raise invalid("move.span", "Give either --older-than or --end.", field="end")
    rows = await desk.volumes.every()
    end_ms = (
        parse_instant(arguments.end)
        if arguments.end is not None
        else desk.clock.now_ms() - arguments.older_than * _DAY_MS
    )
    wish = Wish(
        _volume(rows, arguments.volume).id,
        end_ms,
        parse_instant(arguments.start) if arguments.start is not None else None,
        await _camera(desk.database, arguments.camera) if arguments.camera is not None else None,
        _volume(rows, arguments.source).id if arguments.source is not None else None,
    )
    move = await desk.moves.ask(wish, operator())
    print(f"{count(move.files, 'file')}, {_size(move.bytes)}, are to be moved: {move.id}")
    if not arguments.here:
        print("The server's worker does it. See: vedette storage moves")
        return 0
    return await _here(desk, move)


async def _here(desk: _Desk, move: MoveRow) -> int:
    mover = Mover(desk.database, desk.clock)
    work = asyncio.create_task(_until_ended(desk, mover, move))
    while not work.done():
        await asyncio.wait((work,), timeout=_LOOK_S)
        now = await desk.moves.get(move.id)
        if sys.stderr.isatty():
            print(f"\r\033[K{now.files_done} of {now.files} files {now.detail}", end="", file=sys.stderr, flush=True)
    await work
    now = await desk.moves.get(move.id)
    print(f"{now.state}: {count(now.files_done, 'file')} moved, {now.files_failed} not. {now.detail}".rstrip())
    return 0 if now.state == "done" else 1


async def _until_ended(desk: _Desk, mover: Mover, move: MoveRow) -> None:
    while (await desk.moves.get(move.id)).ended_ms is None:
        await mover.run(await usable_places(await desk.volumes.probe_all(), desk.buckets))
        await desk.clock.sleep(_LOOK_S)


async def _moves(arguments: argparse.Namespace, desk: _Desk) -> int:
    rows = await desk.moves.every()
    names = ("volume_id", "state", "detail", "files", "files_done", "files_failed", "bytes", "bytes_done")
    if arguments.json:
        print(
            json.dumps([{"id": str(row.id), **{name: getattr(row, name) for name in names}} for row in rows], indent=2)
        )
        return 0
    for row in rows:
        done = f"{row.files_done} of {row.files} files, {_size(row.bytes_done)} of {_size(row.bytes)}"
        print(f"{row.id}  {row.state:9}  to volume {row.volume_id}  {done}  {row.detail}".rstrip())
    return 0


async def _cancel(arguments: argparse.Namespace, desk: _Desk) -> int:
    row = await desk.moves.cancel(arguments.move, operator())
    print(f"{row.state}: {count(row.files_done, 'file')} moved.")
    return 0


def _volume(rows: list[VolumeRow], word: str) -> VolumeRow:
    found = [row for row in rows if word == str(row.id) or word.lower() == row.name.lower()]
    if not found:
        raise not_found("volume.not_found", f"There is no volume {word[:100]}. See: vedette storage list")
    return found[0]


async def _camera(database: Database, word: str) -> UUID:
    async with database.read() as session:
        found = await recordings.cameras_by_word(session, [word])
    if word not in found:
        raise not_found("camera.not_found", f"There is no camera {word[:100]}. See: vedette camera list")
    return found[word]


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 100_000_000 else f"{size / 1e6:.1f} MB"
