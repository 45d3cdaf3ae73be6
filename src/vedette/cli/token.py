"""`vedette token create|list|revoke`: API tokens from the command line, whether or not the server runs."""

import argparse
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

import vedette.cameras.tables  # noqa: F401 - users refer to cameras by their grants: the mapper must know their table
from vedette.access.permissions import Permission
from vedette.cli.common import operator, run_async, settings_from
from vedette.cli.installation import opened
from vedette.cli.options import add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import VedetteError, invalid, not_found
from vedette.core.logs import configure
from vedette.db.session import Database
from vedette.http.instants import format_instant, parse_instant
from vedette.identity import camera_keys, grants
from vedette.identity import users_repository as users
from vedette.identity.access_schemas import Label
from vedette.identity.api_tokens.limits import Network, TokenLimits, network_of
from vedette.identity.api_tokens.service import DEFAULT_DAYS, NewToken, StoredToken, TokenService, unseen_cameras
from vedette.identity.changes import named
from vedette.identity.names import fold
from vedette.identity.tables import ZoneRow
from vedette.settings import Settings
from vedette.vault import open_vault

_PAGE = 500
_DAY_MS = 86_400_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    creating = actions.add_parser("create", help="make a token for a user and print its secret, this once")
    creating.add_argument("name", help="what it is for")
    creating.add_argument("--user", required=True, help="whose it is; it has at most their permissions")
    creating.add_argument(
        "--permission", action="append", required=True, metavar="NAME", help="as live.view; may be repeated"
    )
    creating.add_argument("--camera", action="append", metavar="SLUG", help="only this camera; may be repeated")
    creating.add_argument("--zone", action="append", metavar="NAME", help="only cameras of this zone; may be repeated")
    creating.add_argument("--network", action="append", metavar="CIDR", help="only from there; may be repeated")
    creating.add_argument(
        "--expires",
        metavar="WHEN",
        default=str(DEFAULT_DAYS),
        help=f"days from now ({DEFAULT_DAYS} unless said), a time as 2027-01-01T00:00:00Z, or never",
    )

    listing = actions.add_parser("list", help="list the tokens of all users")
    listing.add_argument("--user", help="only those of this user")
    listing.add_argument("--revoked", action="store_true", help="also those that were revoked")
    listing.add_argument("--json", action="store_true", help="one JSON array, for scripts")

    revoking = actions.add_parser("revoke", help="end a token for good")
    revoking.add_argument("token", help="its id, or the beginning of its secret as `list` shows it")
    for action in (creating, listing, revoking):
        add_common(action)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("token", level=settings.log_level if arguments.log_level else "warning", lines=settings.log_format)
    actions: dict[str, Callable[[argparse.Namespace, Settings], Awaitable[int]]] = {
        "create": _create,
        "list": _list,
        "revoke": _revoke,
    }

    async def act() -> int:
        return await actions[arguments.action](arguments, settings)

    return run_async(act())


@asynccontextmanager
async def _tokens(settings: Settings) -> AsyncIterator[tuple[TokenService, Database]]:
    def forget(_: Collection[UUID]) -> None:
        """Running servers look at a token again within a second."""

    async with opened(settings) as database:
        yield TokenService(database, SystemClock(), open_vault(settings), forget), database


async def _create(arguments: argparse.Namespace, settings: Settings) -> int:
    permissions = frozenset(map(_permission, arguments.permission))
    networks = tuple(map(_network, arguments.network)) if arguments.network else None
    expires_ms = _expiry(arguments.expires)
    async with _tokens(settings) as (service, database):
        user_id = await _user_id(database, arguments.user)
        cameras = await _camera_ids(database, user_id, arguments.camera) if arguments.camera else None
        zones = frozenset([await _zone_id(database, name) for name in arguments.zone]) if arguments.zone else None
        new = NewToken(_name(arguments.name), TokenLimits(permissions, cameras, networks, zones), expires_ms)
        _, secret = await service.create(user_id, new, operator())
    print(secret)
    return 0


async def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _tokens(settings) as (service, database):
        user_id = await _user_id(database, arguments.user) if arguments.user else None
        found = await _every(service, user_id, arguments.revoked)
    now_ms = SystemClock().now_ms()
    rows = [_row(one, now_ms) for one in found]
    if arguments.json:
        print(json.dumps(rows, indent=2))
    elif not rows:
        print("No API tokens. Make one: vedette token create NAME --user USER --permission live.view")
    else:
        columns = ("hint", "name", "username", "state", "expires", "last_used")
        widths = {column: max(len(column), *(len(str(row[column] or "never")) for row in rows)) for column in columns}
        print("  ".join(f"{column.replace('_', ' ').upper():{widths[column]}}" for column in columns).rstrip())
        for row in rows:
            print("  ".join(f"{row[column] or 'never'!s:{widths[column]}}" for column in columns).rstrip())
    return 0


async def _revoke(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _tokens(settings) as (service, _):
        meant = [
            one
            for one in await _every(service, None, False)
            if arguments.token == str(one.row.id) or arguments.token[: len(one.row.hint)] == one.row.hint
        ]
        if len(meant) != 1:
            what = "no API token" if not meant else "more than one API token"
            raise not_found("token.not_found", f"There is {what} {arguments.token[:36]}. See: vedette token list")
        await service.revoke(meant[0].row.id, operator())
    print(f"{meant[0].row.name} of {meant[0].username} is revoked.")
    return 0


async def _every(service: TokenService, user_id: UUID | None, revoked: bool) -> list[StoredToken]:
    found, after = await service.page(user_id, revoked, _PAGE, None)
    while after is not None:
        more, after = await service.page(user_id, revoked, _PAGE, after)
        found += more
    return found


def _row(one: StoredToken, now_ms: int) -> dict[str, object]:
    row = one.row
    over = row.expires_ms is not None and now_ms >= row.expires_ms
    return {
        "id": str(row.id),
        "hint": row.hint,
        "name": row.name,
        "username": one.username,
        "state": "revoked" if row.revoked_ms is not None else "expired" if over else "active",
        **one.limits.stored(),
        "expires": format_instant(row.expires_ms) if row.expires_ms is not None else None,
        "last_used": format_instant(row.last_used_ms) if row.last_used_ms is not None else None,
        "last_address": row.last_address,
    }


async def _user_id(database: Database, name: str) -> UUID:
    async with database.read() as session:
        row = await users.by_name(session, fold(name))
    if row is None:
        raise not_found("user.not_found", f"There is no user {name[:100]}.")
    return row.id


async def _camera_ids(database: Database, user_id: UUID, keys: Sequence[str]) -> frozenset[UUID]:
    """The cameras that were typed, all of which the user may see."""
    found: dict[UUID, str] = {}
    async with database.read() as session:
        for key in keys:
            camera_id = await camera_keys.find(session, key)
            if camera_id is None:
                raise not_found("camera.not_found", f"There is no camera {key[:100]}.")
            found[camera_id] = key
        account = await grants.load(session, user_id)
        unseen = await unseen_cameras(session, account, found) if account is not None else set()
    if account is not None and unseen:
        typed = ", ".join(key for camera_id, key in found.items() if camera_id in unseen)
        raise invalid("token.camera", f"{account.name} may not see {typed}.", field="cameras")
    return frozenset(found)


async def _zone_id(database: Database, name: str) -> UUID:
    async with database.read() as session:
        found = await named(session, ZoneRow, name)
    if found is None:
        raise not_found("zone.not_found", f"There is no zone {name[:100]}.")
    return found


def _name(text: str) -> str:
    try:
        return TypeAdapter(Label).validate_python(text)
    except ValidationError:
        raise _bad("A token's name has 1 to 100 characters, and no line breaks.") from None


def _permission(name: str) -> Permission:
    try:
        return Permission(name)
    except ValueError:
        known = ", ".join(one.value for one in Permission)
        raise invalid("token.permission", f"There is no permission {name[:100]}. There are: {known}.") from None


def _network(text: str) -> Network:
    try:
        return network_of(text)
    except ValueError:
        raise _bad(f"{text[:64]} is no network. Say it as 192.0.2.0/24 or 2001:db8::/32.") from None


def _expiry(text: str) -> int | None:
    if text == "never":
        return None
    if text.isascii() and text.isdigit() and len(text) < 6:
        return SystemClock().now_ms() + int(text) * _DAY_MS
    try:
        return parse_instant(text)
    except ValueError:
        raise _bad(f"{text[:64]} is neither a number of days nor a time, as 2027-01-01T00:00:00Z, nor never.") from None


def _bad(message: str) -> VedetteError:
    return invalid("token.invalid", message)
