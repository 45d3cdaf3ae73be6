"""`vedette secrets`: the keys that passwords, second factors and client secrets are sealed with.

    status   which keys there are, and how many secrets each has sealed
    rotate   a new key in front, then every secret sealed anew with it. The former key stays in the file.
    forget   takes keys out that nothing is sealed with any more

Cut short anywhere, what is left opens as before: `rotate --resume` goes on. Servers that run notice the new key.
"""

import argparse
from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit.log import Entry, record
from vedette.cameras import reseal as of_cameras
from vedette.cli.common import existing_installation, operator, run_async, settings_from
from vedette.cli.options import add_common
from vedette.core.clock import SystemClock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import configure
from vedette.core.words import count
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.identity import reseal as of_users
from vedette.identity.api_tokens import digest as of_tokens
from vedette.identity.oidc import reseal as of_providers
from vedette.settings import Settings
from vedette.signing import reseal as of_signing
from vedette.storage.s3 import reseal as of_volumes
from vedette.vault import Vault, add_key, forget_keys, open_vault

Reseal = Callable[[AsyncSession, UUID, Vault], Awaitable[int]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    status = actions.add_parser("status", help="which keys there are, and how many secrets each has sealed")
    rotate = actions.add_parser("rotate", help="make a new key and seal everything anew with it")
    rotate.add_argument("--resume", action="store_true", help="no new key: go on where a rotation was cut short")
    forget = actions.add_parser("forget", help="take keys out of the key file that nothing is sealed with any more")
    for action in (status, rotate, forget):
        add_common(action)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    configure("secrets", level=settings.log_level if arguments.log_level else "error", lines=settings.log_format)
    existing_installation(settings)
    return run_async(_run(settings, arguments.action, resume=getattr(arguments, "resume", False)))


async def _run(settings: Settings, action: str, *, resume: bool) -> int:
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        if action == "rotate":
            return await rotate(database, settings, resume=resume)
        if action == "forget":
            return await forget(database, settings)
        return await status(database, open_vault(settings))
    finally:
        await database.aclose()


async def status(database: Database, vault: Vault) -> int:
    """Exit code 1 where secrets are sealed with a key that is not here."""
    counted = await used(database)
    print(f"{vault.key_id}  current  {count(counted.pop(vault.key_id, 0), 'secret')}")
    for key in vault.former_ids:
        print(f"{key}  former   {count(counted.pop(key, 0), 'secret')}")
    for key, number in sorted(counted.items()):
        print(f"{key or 'none'}  missing  {count(number, 'secret')} that can't be opened")
    return 1 if counted else 0


async def rotate(database: Database, settings: Settings, *, resume: bool) -> int:
    """Exit code 1 where a secret did not open: it is left as it is, and told."""
    vault = open_vault(settings)
    before = vault.key_id
    if not resume:
        if settings.secret_key is not None:
            raise VedetteError(
                ErrorKind.CONFLICT,
                "secrets.environment",
                "The key is in VEDETTE_SECRET_KEY, which this command can't change. Put a new key in front of it, "
                "separated by a comma, restart Vedette, and run: vedette secrets rotate --resume",
            )
        add_key(settings.key_file)
        vault = open_vault(settings)
    changed, failures = await reseal_all(database, vault)
    told = {"from": before, "to": vault.key_id, "sealed": changed, "failed": len(failures)}
    async with database.write() as session:
        entry = Entry("secrets.rotate", "failed" if failures else "ok", object_kind="key", after=told)
        await record(session, SystemClock().now_ms(), operator(), entry)
    for failure in failures:
        print(failure)
    print(f"{count(changed, 'secret')} sealed anew with key {vault.key_id}. Back up the key file.")
    print("Restart Vedette now; everybody logs in again. Then take the former key out: vedette secrets forget")
    return 1 if failures else 0


async def reseal_all(database: Database, vault: Vault) -> tuple[int, list[str]]:
    """How many secrets were sealed anew, and what did not open."""
    async with database.read() as session:
        cameras, users = await of_cameras.cameras(session), await of_users.users(session)
        providers, tokens = await of_providers.providers(session), await of_tokens.tokens(session)
        signing = await of_signing.keys(session)
        volumes = await of_volumes.volumes(session)
    work: list[tuple[str, UUID, Reseal]] = [("camera", key, of_cameras.reseal) for key in cameras]
    work += [("user", key, of_users.reseal) for key in users]
    work += [("sign-in provider", key, of_providers.reseal) for key in providers]
    work += [("API token", key, of_tokens.reseal) for key in tokens]
    work += [("signing key", key, of_signing.reseal) for key in signing]
    work += [("volume", key, of_volumes.reseal) for key in volumes]
    changed, failures = 0, []
    for kind, key, reseal in work:
        try:
            async with database.write() as session:
                sealed = await reseal(session, key, vault)
        except VedetteError as error:
            failures.append(f"{kind} {key}: {error.message}")
        else:
            changed += sealed
    return changed, failures


async def forget(database: Database, settings: Settings) -> int:
    """Takes the former keys out that nothing is sealed with."""
    if settings.secret_key is not None:
        raise VedetteError(
            ErrorKind.CONFLICT, "secrets.environment", "The keys are in VEDETTE_SECRET_KEY. Take the former out there."
        )
    counted = await used(database)
    unused = [key for key in open_vault(settings).former_ids if not counted.get(key)]
    if unused:
        forget_keys(settings.key_file, unused)
        async with database.write() as session:
            entry = Entry("secrets.forget", object_kind="key", after={"keys": unused})
            await record(session, SystemClock().now_ms(), operator(), entry)
    print(f"{count(len(unused), 'former key')} taken out.")
    return 0


async def used(database: Database) -> Counter[str]:
    """How many secrets each key has sealed."""
    async with database.read() as session:
        owners = (of_cameras, of_users, of_providers, of_tokens, of_signing, of_volumes)
        return Counter([key for owner in owners for key in await owner.key_ids(session)])
