"""Rotating the key: everything opens before, in between and after, on both databases."""

from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from vedette.access.principal import SYSTEM
from vedette.cameras.schemas import CameraCreate
from vedette.cameras.service import CameraService
from vedette.cameras.tables import CredentialRow
from vedette.cli.secrets import forget, reseal_all, rotate, status, used
from vedette.core.clock import SystemClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.events.recorders import NobodyListens
from vedette.identity.oidc.login_service import SEALED_KIND as OIDC_KIND
from vedette.identity.oidc.login_service import SEALED_SECRET
from vedette.identity.reseal import SEALED_KIND, SEALED_TOTP
from vedette.identity.tables import UserRow
from vedette.identity.tables_oidc import OidcProviderRow
from vedette.settings import Settings
from vedette.vault import Vault, add_key, key_id, open_vault

pytestmark = pytest.mark.anyio

PROVIDER = uuid4()
URL = "rtsp://admin:hunter2@cam/live?password=hunter3"


async def fill(database: Database, vault: Vault) -> tuple[CameraService, UserRow]:
    service = CameraService(database, SystemClock(), vault, NobodyListens())
    await service.create(CameraCreate(name="Gate", url=URL), SYSTEM)
    user = UserRow(id=uuid4(), username="anna", created_ms=1, updated_ms=1)
    user.totp_sealed = vault.seal(user.id, SEALED_TOTP, "JBSW", kind=SEALED_KIND)
    provider = OidcProviderRow(
        id=PROVIDER,
        slug="kc",
        name="Keycloak",
        issuer="https://id.example",
        client_id="vedette",
        secret_sealed=vault.seal(PROVIDER, SEALED_SECRET, "client", kind=OIDC_KIND),
        scopes="openid",
        groups_claim="groups",
        username_claim="name",
        new_users="all",
        created_ms=1,
        updated_ms=1,
    )
    async with database.write() as session:
        session.add_all([user, provider])
    return service, user


async def opens(service: CameraService, vault: Vault, database: Database, user: UserRow) -> bool:
    source = await service.source("gate", "main")
    assert source.credentials is not None
    async with database.read() as session:
        sealed = await session.scalar(select(UserRow.totp_sealed).where(UserRow.id == user.id))
        secret = await session.scalar(select(OidcProviderRow.secret_sealed))
    assert sealed is not None
    assert secret is not None
    return (
        source.source.url.endswith("?password=hunter3")
        and source.credentials.password == "hunter2"
        and vault.open_sealed(user.id, SEALED_TOTP, sealed, kind=SEALED_KIND) == "JBSW"
        and vault.open_sealed(PROVIDER, SEALED_SECRET, secret, kind=OIDC_KIND) == "client"
    )


async def test_a_rotation_is_noticed_by_who_runs_and_the_old_key_goes_when_nothing_uses_it(
    database: Database, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path / "data")
    running = open_vault(settings)
    service, user = await fill(database, running)
    first = running.key_id
    assert await used(database) == {first: 5}
    assert await rotate(database, settings, resume=False) == 0
    second = open_vault(settings).key_id
    assert second != first
    assert await used(database) == {second: 5}
    # The process that ran all the time opens what is new, and seals with the new key from now on.
    assert await opens(service, running, database, user)
    assert running.seal(user.id, "x", "y").split(":")[1] == second
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert await forget(database, settings) == 0
    assert open_vault(settings).former_ids == ()
    assert await opens(service, open_vault(settings), database, user)
    assert await status(database, open_vault(settings)) == 0


async def test_cut_short_everything_opens_and_it_goes_on(database: Database, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    vault = open_vault(settings)
    service, user = await fill(database, vault)
    first = vault.key_id
    second = add_key(settings.key_file)  # and then the power failed
    assert await opens(service, vault, database, user)
    assert await forget(database, settings) == 0
    assert open_vault(settings).former_ids == (first,)
    assert await rotate(database, settings, resume=True) == 0
    assert await used(database) == {second: 5}
    assert await reseal_all(database, open_vault(settings)) == (0, [])
    assert await opens(service, vault, database, user)


async def test_what_does_not_open_is_told_and_left(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data=tmp_path / "data")
    await fill(database, open_vault(settings))
    async with database.write() as session:
        row = (await session.scalars(select(CredentialRow))).one()
        row.password_sealed = row.username_sealed
    assert await rotate(database, settings, resume=False) == 1
    assert "damaged" in capsys.readouterr().out
    assert len(await used(database)) == 2


async def test_a_key_in_the_environment_is_rotated_there(database: Database, tmp_path: Path) -> None:
    first, second = "A" * 43 + "=", "B" * 43 + "="
    before = Settings(data=tmp_path, secret_key=SecretStr(first))
    service, user = await fill(database, open_vault(before))
    for call in (rotate(database, before, resume=False), forget(database, before)):
        with pytest.raises(VedetteError) as refused:
            await call
        assert refused.value.code == "secrets.environment"
    after = Settings(data=tmp_path, secret_key=SecretStr(f"{second},{first}"))
    assert await rotate(database, after, resume=True) == 0
    service = CameraService(database, SystemClock(), open_vault(after), NobodyListens())
    assert await opens(service, open_vault(after), database, user)
    assert set(await used(database)) == {open_vault(after).key_id}
    assert key_id(bytes(32)) in open_vault(after).former_ids
