"""`vedette user create|list|disable|enable|password|totp-reset`: accounts from the command line, whether or not the
server runs. It is also the way back in for whoever locked themselves out: who has the data directory may do all."""

import argparse
import getpass
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import vedette.cameras.tables  # noqa: F401 - grants refer to cameras: the mapper must know their table
from vedette.cli.common import operator, run_async, settings_from
from vedette.cli.installation import opened
from vedette.cli.options import add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import invalid
from vedette.core.logs import configure
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.identity import camera_keys, setup
from vedette.identity import users_repository as users
from vedette.identity.accounts import Accounts
from vedette.identity.api_tokens import service as tokens
from vedette.identity.grant_words import grant_words
from vedette.identity.grants_service import by_user
from vedette.identity.names import fold, new_username
from vedette.identity.passwords import check_new_password
from vedette.identity.users_service import NewUser, Stored
from vedette.settings import Settings
from vedette.vault import open_vault

_PAGE = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    creating = actions.add_parser("create", help="add a user; the first one must be an admin")
    creating.add_argument("name")
    creating.add_argument(
        "--role", required=True, help="admin, operator, viewer, or one of your own; it holds everywhere"
    )
    creating.add_argument("--display-name", default="")

    listing = actions.add_parser("list", help="list the users")
    listing.add_argument("--json", action="store_true", help="one JSON array, for scripts")

    disabling = actions.add_parser("disable", help="keep a user out and end their sessions")
    enabling = actions.add_parser("enable", help="let a user in again")
    setting = actions.add_parser("password", help="set a user's password and end their sessions")
    setting.add_argument("--keep-sessions", action="store_true", help="they stay logged in")
    setting.add_argument("--change-at-login", action="store_true", help="they must choose their own at the next login")
    for action in (disabling, setting):
        tokens = action.add_mutually_exclusive_group()
        tokens.add_argument(
            "--revoke-tokens", action="store_true", default=None, help="end their API tokens, too (else it is asked)"
        )
        tokens.add_argument("--keep-tokens", action="store_false", dest="revoke_tokens", help="do not ask")
    resetting = actions.add_parser("totp-reset", help="take a user's lost second factor away")
    for action in (disabling, enabling, setting, resetting):
        action.add_argument("name")
    for action in (creating, setting):
        action.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    for action in (creating, listing, disabling, enabling, setting, resetting):
        add_common(action)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("user", level=settings.log_level if arguments.log_level else "warning", lines=settings.log_format)
    actions: dict[str, Callable[[argparse.Namespace, Settings], Awaitable[int]]] = {
        "create": _create,
        "list": _list,
        "disable": _disable,
        "enable": _enable,
        "password": _password,
        "totp-reset": _totp_reset,
    }

    async def act() -> int:
        return await actions[arguments.action](arguments, settings)

    return run_async(act())


@asynccontextmanager
async def _accounts(settings: Settings, *, new: bool = False) -> AsyncIterator[tuple[Accounts, Database]]:
    async with opened(settings, new=new) as database:
        accounts = Accounts.open(database, SystemClock(), open_vault(settings))
        try:
            yield accounts, database
        finally:
            accounts.close()


async def _create(arguments: argparse.Namespace, settings: Settings) -> int:
    password = _read_password(arguments)
    check_new_password(password, new_username(arguments.name))  # bad input makes nothing
    # With an administrator an installation begins: one that is to be seen from other machines needs one to be started.
    async with _accounts(settings, new=arguments.role == "admin") as (accounts, database):
        async with database.read() as session:
            first = await users.count(session) == 0
        new = NewUser(arguments.name, password, arguments.role, arguments.display_name)
        stored = await accounts.users.create(new, operator(), first=first)
        if first:
            setup.forget_token(settings)
    print(f"Added {stored.row.username}, {arguments.role}.")
    return 0


async def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _accounts(settings) as (accounts, database):
        found, after = await accounts.users.page(_PAGE, None, None)
        while after is not None:
            more, after = await accounts.users.page(_PAGE, after, None)
            found += more
        async with database.read() as session:
            held, slugs = await by_user(session), await camera_keys.slugs(session)
    now_ms = SystemClock().now_ms()
    rows = [_row(one, [grant_words(grant, slugs, now_ms) for grant in held.get(one.row.id, ())]) for one in found]
    if arguments.json:
        print(json.dumps(rows, indent=2))
    elif not found:
        print("No users yet. Add one: vedette user create NAME --role admin")
    else:
        # Roles come last: they can be many, and long.
        width = max(len("NAME"), *(len(one.row.username) for one in found))
        print(f"{'NAME':{width}}  {'STATE':8}  {'2ND FACTOR':10}  {'LAST LOGIN':24}  ROLES")
        for row in rows:
            state = "disabled" if row["disabled"] else "enabled"
            factor = "yes" if row["totp"] else "no"
            roles = "; ".join(row["grants"]) or "none"
            login = row["last_login"] or "never"
            print(f"{row['username']:{width}}  {state:8}  {factor:10}  {login:24}  {roles}")
    return 0


def _row(one: Stored, grants: list[str]) -> dict[str, Any]:
    row = one.row
    return {
        "username": row.username,
        "display_name": row.display_name,
        "roles": list(one.roles),
        "limited_roles": list(one.limited_roles),
        "groups": list(one.groups),
        "grants": grants,
        "disabled": row.disabled_ms is not None,
        "totp": row.totp_sealed is not None,
        "last_login": format_instant(row.last_login_ms) if row.last_login_ms is not None else None,
        "id": str(row.id),
    }


async def _disable(arguments: argparse.Namespace, settings: Settings) -> int:
    return await _set_enabled(arguments, settings, False)


async def _enable(arguments: argparse.Namespace, settings: Settings) -> int:
    return await _set_enabled(arguments, settings, True)


async def _set_enabled(arguments: argparse.Namespace, settings: Settings, enabled: bool) -> int:
    async with _accounts(settings) as (accounts, database):
        stored = await accounts.users.named(fold(arguments.name))
        revoke = not enabled and await _revoke_tokens(arguments, database, stored)
        await accounts.users.set_enabled(stored.row.id, enabled, None, operator(), revoke_tokens=revoke)
    print(f"{stored.row.username} is {'enabled' if enabled else 'disabled'}.")
    return 0


async def _password(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _accounts(settings) as (accounts, database):
        stored = await accounts.users.named(fold(arguments.name))
        password = _read_password(arguments)
        revoke = await _revoke_tokens(arguments, database, stored)
        end = not arguments.keep_sessions
        await accounts.users.set_password(
            stored.row.id, password, arguments.change_at_login, operator(), end_sessions=end, revoke_tokens=revoke
        )
    ended = "every session is ended" if end else "sessions go on"
    print(f"The password of {stored.row.username} is set; {ended}.")
    return 0


async def _revoke_tokens(arguments: argparse.Namespace, database: Database, stored: Stored) -> bool:
    """Whether the user's API tokens end as well: as was said, or asked of the person. Scripts that do not say so keep
    them, and are told."""
    async with database.read() as session:
        count = await tokens.count_active(session, stored.row.id)
    if arguments.revoke_tokens is not None or count == 0:
        return bool(arguments.revoke_tokens)
    what = f"{count} API token{'s' if count > 1 else ''} of {stored.row.username}"
    if not sys.stdin.isatty():
        print(f"Kept {what}; --revoke-tokens ends them.", file=sys.stderr)
        return False
    return _confirmed(f"Also revoke {what}?")


async def _totp_reset(arguments: argparse.Namespace, settings: Settings) -> int:
    async with _accounts(settings) as (accounts, _):
        stored = await accounts.users.named(fold(arguments.name))
        await accounts.users.reset_totp(stored.row.id, operator())
    print(f"{stored.row.username} logs in with the password alone.")
    return 0


def _confirmed(question: str) -> bool:
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def _read_password(arguments: argparse.Namespace) -> str:
    """Never an argument: other users of the machine see those."""
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise invalid("user.password", "Say --password-stdin to read the password from standard input.")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise invalid("user.password", "The two passwords differ. Nothing was changed.")
    return password
