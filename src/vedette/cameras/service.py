"""The rules of adding, changing and removing cameras. Each change is one transaction with its event; then the
recorders are told to look."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, cast
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import Principal
from vedette.audit.log import record
from vedette.cameras import logins, repository
from vedette.cameras.edits import PLAIN_FIELDS, settings_of, wanted_urls
from vedette.cameras.schemas import (
    CameraCreate,
    CameraPatch,
    CameraReplace,
    CameraSettings,
    Engine,
)
from vedette.cameras.slug import free_slug, slugify
from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.cameras.told import differences, entry, stored_urls, told
from vedette.cameras.url_secrets import open_url, seal_url
from vedette.cameras.urls import SourceUrl, parse_source_url
from vedette.cameras.views import present_streams, stream_of
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.events import outbox, preferences
from vedette.events.recorders import Reloads
from vedette.media.credentials import Credentials
from vedette.vault import Vault

_SLUG_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Stored:
    """A camera as it is in the database."""

    row: CameraRow
    has_credentials: bool
    login_lost: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a stream is, and what to say there."""

    source: SourceUrl
    credentials: Credentials | None
    engine: Engine


class CameraService:
    """Cameras of this installation. `recorders` are told after each commit, the audit log within it; `caller` is who
    wants the change."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, recorders: Reloads) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._recorders = recorders

    async def page(
        self,
        limit: int,
        after: tuple[str, UUID] | None,
        query: str | None,
        among: Collection[UUID] | None = None,
    ) -> tuple[list[Stored], tuple[str, UUID] | None]:
        """At most `limit` cameras by name, and the key after which the next page begins. Only those that are `among`
        the given ones, where any are."""
        async with self._database.read() as session:
            found = await repository.page(session, limit + 1, after, query, among)
            shown = found[:limit]
            lost = await repository.login_is_lost(session, [row.id for row, _ in shown])
        last = (shown[-1][1], shown[-1][0].id) if len(found) > limit else None
        return [_stored(row, lost) for row, _ in shown], last

    async def get(self, camera: str) -> Stored:
        """One camera, by id or slug. Raises `camera.not_found`."""
        async with self._database.read() as session:
            row = await _existing(session, camera)
            return _stored(row, await repository.login_is_lost(session, [row.id]))

    async def names(self) -> set[str]:
        """The names of all cameras in lower case."""
        async with self._database.read() as session:
            return await repository.names(session)

    async def require_free_name(self, name: str) -> None:
        """Raises `camera.name_taken` where a camera is called so: to be known before a test that takes its time."""
        async with self._database.read() as session:
            await _free_name(session, name, None)

    async def create(self, given: CameraCreate, caller: Principal, *, simulated: bool = False) -> Stored:
        """Adds a camera.

        Raises `camera.name_taken`, `camera.url...`, `camera.schedule_missing`, `camera.volume_unknown`.
        """
        for _ in range(_SLUG_ATTEMPTS):
            try:
                async with self._database.write() as session:
                    stored = await self._insert(session, given, simulated, caller)
                break
            except IntegrityError:
                # On PostgreSQL someone else took the slug between our look and our insert.
                continue
        else:
            raise VedetteError(ErrorKind.CONFLICT, "camera.slug", "No free slug was found. Try again.", field="name")
        self._recorders.reload([str(stored.row.id)])
        return stored

    async def replace(
        self, camera: str, given: CameraReplace, expected: frozenset[int] | None, caller: Principal
    ) -> Stored:
        """Sets every setting. Raises what `create` does, and `request.precondition`."""
        async with self._database.write() as session:
            row = await _expected(session, camera, expected)
            stored = await self._apply(session, row, given, given, caller)
        self._recorders.reload([str(row.id)])
        return stored

    async def update(
        self, camera: str, patch: CameraPatch, expected: frozenset[int] | None, caller: Principal
    ) -> Stored:
        """Sets the given settings. Raises what `replace` does."""
        async with self._database.write() as session:
            row = await _expected(session, camera, expected)
            stored = await self._apply(session, row, self._merged(row, patch), patch, caller)
        self._recorders.reload([str(row.id)])
        return stored

    async def delete(
        self,
        camera: str,
        footage: Literal["keep", "delete"],
        expected: frozenset[int] | None,
        caller: Principal,
    ) -> None:
        """Ends recording and forgets the camera's credentials. Its footage ages out, or goes at once but for holds."""
        async with self._database.write() as session:
            row = await _expected(session, camera, expected)
            row.deleted_ms = row.updated_ms = self._clock.now_ms()
            row.discard_footage = footage == "delete"
            row.version += 1
            await repository.forget_credentials(session, row.id)
            self._emit(session, row, "deleted")
            gone = entry("camera.delete", row, before=told(row), after={"footage": footage})
            await record(session, row.deleted_ms, caller, gone)
        self._recorders.reload([str(row.id)])

    async def override(self, camera: str, override: Literal["start", "stop"] | None, caller: Principal) -> Stored:
        """Starts or stops recording by hand, or follows the mode again. The version stays: no edit is overwritten."""
        async with self._database.write() as session:
            row = await _existing(session, camera)
            if override == "start" and not row.enabled:
                raise VedetteError(
                    ErrorKind.CONFLICT, "camera.disabled", f"{row.name} is disabled. Enable it before recording."
                )
            before = row.recording_override
            if before != override:
                row.recording_override = override
                self._emit(session, row, "recording")
                changed = {"recording_override": before}, {"recording_override": override}
                await record(
                    session, self._clock.now_ms(), caller, entry(f"recording.{override or 'auto'}", row, *changed)
                )
            stored = _stored(row, await repository.login_is_lost(session, [row.id]))
        self._recorders.reload([str(row.id)])
        return stored

    async def source(self, camera: str, kind: str) -> Source:
        """How to reach a stream. Raises `camera.no_such_stream`, `credentials...`."""
        async with self._database.read() as session:
            row = await _existing(session, camera)
            stream = stream_of(row, kind)
            if stream is None:
                raise _no_stream(row.name, kind)
            sealed = await repository.credentials(session, row.id)
        credentials = self._open(sealed) if sealed else None
        url = open_url(stream.url, kind, partial(self._vault.open_sealed, row.id))
        return Source(parse_source_url(url), credentials, cast("Engine", stream.engine))

    async def source_after(self, camera: str, kind: str, patch: CameraPatch) -> Source:
        """How to reach a stream as it would be after a change, which is refused as `update` would refuse it: a stored
        password goes nowhere else. Raises `camera.name_taken`, `camera.url...`, `camera.credentials...`,
        `camera.no_such_stream`."""
        async with self._database.read() as session:
            row = await _existing(session, camera)
            settings = self._merged(row, patch)
            await _free_name(session, settings.name, row.id)
            sealed = await repository.credentials(session, row.id)
            main, sub, login = self._reach(row, settings, patch, sealed)
        wanted, engine = (main, settings.engine) if kind == "main" else (sub, settings.sub_engine)
        if wanted is None:
            raise _no_stream(row.name, kind)
        kept = self._open(sealed) if sealed and not login.changed else None
        return Source(wanted, login.credentials or kept, engine)

    async def _insert(self, session: AsyncSession, given: CameraCreate, simulated: bool, caller: Principal) -> Stored:
        taken = await repository.taken_slugs(session, slugify(given.name)[:40])
        now = self._clock.now_ms()
        if "keep_days" not in given.model_fields_set:
            site = await preferences.load(session, preferences.KEEP_DAYS)
            given = given.model_copy(update={"keep_days": site.get(preferences.KEEP_DAYS)})
        row = CameraRow(
            id=uuid7(now),
            slug=free_slug(given.name, taken),
            simulated=simulated,
            created_ms=now,
            version=0,
            streams=[],
        )
        return await self._apply(session, row, given, given, caller, change="created")

    async def _apply(
        self,
        session: AsyncSession,
        row: CameraRow,
        settings: CameraSettings,
        given: CameraSettings | CameraPatch,
        caller: Principal,
        change: str = "updated",
    ) -> Stored:
        """Makes `row` be `settings`. `given` is what the person said: it decides about the credentials."""
        await _free_name(session, settings.name, row.id)
        if settings.recording_mode == "schedule" and settings.schedule is None:
            raise invalid("camera.schedule_missing", "Recording by schedule needs a schedule.", field="schedule")
        if settings.volume_id is not None and not await repository.volume_exists(session, settings.volume_id):
            raise invalid(
                "camera.volume_unknown", f"There is no volume {settings.volume_id} to record to.", field="volume_id"
            )

        plain = self._plain_urls(row)
        was, urls_were = told(row), stored_urls(row)
        sealed = await repository.credentials(session, row.id)
        main, sub, login = self._reach(row, settings, given, sealed)

        for name in PLAIN_FIELDS:
            setattr(row, name, getattr(settings, name))
        row.schedule = settings.schedule.model_dump(mode="json") if settings.schedule else None
        row.updated_ms = self._clock.now_ms()
        row.version += 1
        session.add(row)
        for kind, wanted, engine, recorded in (
            ("main", main, settings.engine, settings.record),
            ("sub", sub, settings.sub_engine, settings.record_sub),
        ):
            stored = stream_of(row, kind)
            if wanted is None or (stored is not None and plain[kind] == wanted.url):
                url = stored.url if stored is not None else ""
            else:
                url = seal_url(wanted.url, kind, partial(self._vault.seal, row.id))
            _set_stream(row, kind, url if wanted else None, engine, recorded, row.updated_ms)
        await session.flush()
        if login.changed:
            await self._store_credentials(session, row.id, login.credentials)
        self._emit(session, row, change)
        now, at_ms = told(row), row.updated_ms
        if change == "created":
            await record(session, at_ms, caller, entry("camera.create", row, after=now))
        else:
            await record(session, at_ms, caller, entry("camera.edit", row, *differences(was, now)))
        entered = login.changed and (login.present or sealed is not None)
        if entered or _secrets_changed(was, now, urls_were, stored_urls(row)):
            # That they were changed, never what they are.
            await record(session, at_ms, caller, entry("camera.credentials", row, after={"stored": login.present}))
        return _stored(row, await repository.login_is_lost(session, [row.id]))

    def _merged(self, row: CameraRow, patch: CameraPatch) -> CameraReplace:
        """All settings as they are after a patch."""
        changes = {name: getattr(patch, name) for name in patch.model_fields_set}
        return CameraReplace.model_construct(**{**settings_of(row, self._plain_urls(row)), **changes})

    def _reach(
        self,
        row: CameraRow,
        settings: CameraSettings,
        given: CameraSettings | CameraPatch,
        sealed: CredentialRow | None,
    ) -> tuple[SourceUrl, SourceUrl | None, logins.Login]:
        """Where both streams are with these settings, and what becomes of the stored login. Raises `camera.url...`,
        `camera.credentials...`."""
        main, sub = wanted_urls(row, settings, self._plain_urls(row))
        before = [parse_source_url(stream.url) for stream in present_streams(row)]
        after = [url for url in (main, sub) if url is not None]
        login = logins.decide(given, after, (lambda: self._open(sealed)) if sealed else None)
        logins.check_destination(login, before, after)
        return main, sub, login

    def _plain_urls(self, row: CameraRow) -> dict[str, str]:
        """The URLs with their secret parameters; as they are stored where the key is lost, so that the camera can be
        edited all the same."""
        urls = {}
        for stream in present_streams(row):
            try:
                urls[stream.kind] = open_url(stream.url, stream.kind, partial(self._vault.open_sealed, row.id))
            except VedetteError:
                urls[stream.kind] = stream.url
        return urls

    def _open(self, sealed: CredentialRow) -> Credentials:
        return Credentials(
            self._vault.open_sealed(sealed.camera_id, "username", sealed.username_sealed),
            self._vault.open_sealed(sealed.camera_id, "password", sealed.password_sealed),
        )

    async def _store_credentials(self, session: AsyncSession, camera_id: UUID, given: Credentials | None) -> None:
        if given is None:
            await repository.forget_credentials(session, camera_id)
            return
        await session.merge(
            CredentialRow(
                camera_id=camera_id,
                username_sealed=self._vault.seal(camera_id, "username", given.username),
                password_sealed=self._vault.seal(camera_id, "password", given.password),
            )
        )

    def _emit(self, session: AsyncSession, row: CameraRow, change: str) -> None:
        payload = {"camera_id": str(row.id), "slug": row.slug, "name": row.name, "change": change}
        outbox.emit(session, self._clock.now_ms(), "camera.changed", payload)


def _stored(row: CameraRow, lost: Mapping[UUID, bool]) -> Stored:
    """`lost` is what `repository.login_is_lost` says."""
    return Stored(row, lost.get(row.id) is False, lost.get(row.id, False))


async def _free_name(session: AsyncSession, name: str, besides: UUID | None) -> None:
    if await repository.name_taken(session, name, besides):
        raise VedetteError(ErrorKind.CONFLICT, "camera.name_taken", f"Another camera is called {name}.", field="name")


def _no_stream(name: str, kind: str) -> VedetteError:
    return not_found("camera.no_such_stream", f"{name} has no {kind} stream.")


async def _existing(session: AsyncSession, camera: str, *, lock: bool = False) -> CameraRow:
    row = await repository.find(session, camera, lock=lock)
    if row is None:
        raise not_found("camera.not_found", f"There is no camera {camera[:64]}.")
    return row


async def _expected(session: AsyncSession, camera: str, expected: frozenset[int] | None) -> CameraRow:
    row = await _existing(session, camera, lock=True)
    if expected is not None and row.version not in expected:
        raise VedetteError(
            ErrorKind.PRECONDITION,
            "request.precondition",
            f"{row.name} was changed by someone else meanwhile. Load it again and repeat the change.",
        )
    return row


def _secrets_changed(
    was: dict[str, object], now: dict[str, object], urls_were: dict[str, str], urls_are: dict[str, str]
) -> bool:
    """Whether an address that looks the same has another secret in it."""
    return any(
        urls_were.get(kind) not in (None, url) and was.get(f"{kind}.url") == now.get(f"{kind}.url")
        for kind, url in urls_are.items()
    )


def _set_stream(row: CameraRow, kind: str, url: str | None, engine: str, record: bool, now_ms: int) -> None:
    stream = next((stream for stream in row.streams if stream.kind == kind), None)
    if url is None:
        if stream is not None and stream.removed_ms is None:
            stream.removed_ms = now_ms
        return
    if stream is None:
        stream = StreamRow(kind=kind, url=url)
        row.streams.append(stream)
    if stream.url != url or stream.engine != engine:
        stream.fallback = None  # what was learned of the old source says nothing of the new one
    stream.url, stream.engine, stream.record, stream.removed_ms = url, engine, record, None
