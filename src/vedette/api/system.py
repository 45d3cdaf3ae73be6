"""/system: what this server is, what it warns of, the site's preferences, the first run."""

import asyncio
from importlib import metadata
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, field_validator
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import Permission
from vedette.api.demo import add_simulated, simulator_port
from vedette.api.processes import ProcessOut, read_processes
from vedette.audit.log import Entry, record
from vedette.cameras import repository as cameras
from vedette.cameras.router import Shelf
from vedette.cameras.schemas import Camera, Input
from vedette.core.errors import VedetteError
from vedette.events import outbox, preferences
from vedette.events.preferences import COVERAGE_SLO, KEEP_DAYS, PLACE, SET_UP, THEME, TIMEZONE
from vedette.events.recorders import Recorders
from vedette.events.site import local_timezone
from vedette.http.access import Caller, require, signed_in
from vedette.http.binding import is_in_clear, is_loopback
from vedette.http.deps import ClockDep, DatabaseDep, SettingsDep, taken
from vedette.http.problem import responses
from vedette.http.tls import certificate_of
from vedette.live.restream.deps import server_of
from vedette.live.restream.server import RestreamServer
from vedette.recordings.report.month import USUAL_SLO
from vedette.retention import repository as retention
from vedette.settings import Settings
from vedette.vault import key_file_is_private

router = APIRouter(prefix="/system", tags=["system"])


class Bind(BaseModel):
    """Where the server listens."""

    host: str
    port: int
    loopback_only: bool
    tls: bool = Field(description="Whether it speaks TLS itself; behind a proxy the proxy may.")
    rtsp: list[int] = Field(description="Ports on which live streams are given on by RTSP.")


class RecorderOut(BaseModel):
    """One recorder process."""

    name: str
    pid: int | None
    connected: bool


class Warning_(BaseModel):  # noqa: N801 - not the built-in
    """Something that works but should be known."""

    code: str
    message: str


class Place(Input):
    """Where the site is, for sunrise and sunset."""

    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees, north is positive.")
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees, east is positive.")


class System(BaseModel):
    """This server."""

    version: str
    node: str
    uptime_s: float
    first_run: bool = Field(description="Nothing was set up yet: the UI shows its wizard.")
    bind: Bind
    timezone: str
    place: Place | None = Field(description="Where the site is, where that was set.")
    recorders: list[RecorderOut] = Field(description="Those that are connected.")
    processes: list[ProcessOut] = Field(description="Empty where the processes were started one by one.")
    warnings: list[Warning_]


class Preferences(Input):
    """What holds for the whole site."""

    timezone: str = Field(max_length=64, description="Name of the time zone database.", examples=["Europe/Vienna"])
    theme: Literal["dark", "light", "auto"] = "dark"
    keep_days: int | None = Field(default=None, ge=1, le=36_500, description="For new cameras that do not say.")
    coverage_slo: float = Field(
        default=USUAL_SLO,
        gt=0,
        le=100,
        allow_inf_nan=False,
        description="Per cent of each day that is promised: reports.",
    )

    place: Place | None = Field(default=None, description="Where the site is: timelines then show its nights.")

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("must be a name of the time zone database, as Europe/Vienna") from None
        return name


class Demo(Input):
    """How many simulated cameras to add."""

    count: int = Field(ge=1, le=16)


class DemoMade(BaseModel):
    """The cameras that were added."""

    items: list[Camera]


def recorders_of(request: Request) -> Recorders:
    """The app's view of the recorders."""
    recorders: Recorders = request.app.state.recorders
    return recorders


RecordersDep = Annotated[Recorders, taken(recorders_of)]


@router.get(
    "",
    summary="This server",
    responses=responses(403),
    dependencies=[signed_in(programs=Permission.SYSTEM_VIEW)],
)
async def get_system(
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
    clock: ClockDep,
    recorders: RecordersDep,
    caller: Caller,
) -> System:
    """Version and time zone; for those with `system.view` also recorders, processes and warnings. An API token needs
    it to ask at all."""
    async with database.read() as session:
        site = await _preferences(session)
        done = await preferences.load(session, SET_UP)
        first_run = not done and await cameras.count(session) == 0
        short = await retention.warnings(session)
    inside = caller.may(Permission.SYSTEM_VIEW, None, clock.now_ms())
    connected = recorders.recorders()
    server = server_of(request)
    bind = Bind(
        host=settings.host,
        port=settings.port,
        loopback_only=is_loopback(settings.host),
        tls=bool(settings.tls_cert),
        rtsp=[port.number for port in server.ports if port.open] if server is not None else [],
    )
    return System(
        version=metadata.version("vedette"),
        node=settings.node,
        uptime_s=round(clock.monotonic() - request.app.state.started_s, 1),
        first_run=first_run,
        bind=bind,
        timezone=site.timezone,
        place=site.place,
        recorders=[RecorderOut(name=hello.name, pid=hello.pid, connected=True) for hello in connected if inside],
        processes=await asyncio.to_thread(read_processes, settings.run_dir) if inside else [],
        warnings=[
            *_warnings(settings, bind, bool(connected)),
            *_clear_text(settings, request),
            *_certificate(settings, clock.now_ms()),
            *_rtsp(server),
            *(Warning_(code="retention.shortfall", message=text) for text in short),
        ]
        if inside
        else [],
    )


def _warnings(settings: Settings, bind: Bind, recorder_connected: bool) -> list[Warning_]:
    found = []
    if bind.loopback_only:
        text = "Vedette answers on this machine only."
        found.append(Warning_(code="system.loopback_only", message=text))
    if not recorder_connected:
        text = "No recorder process is connected: nothing is being recorded."
        found.append(Warning_(code="system.no_recorder", message=text))
    if settings.secret_key is None and not key_file_is_private(settings.key_file):
        text = f"Others can read the key of the camera passwords. Run: chmod 600 {settings.key_file}"
        found.append(Warning_(code="system.key_file_open", message=text))
    return found


def _clear_text(settings: Settings, request: Request) -> list[Warning_]:
    """Whether anybody on the network can read along: in general, or of this very caller."""
    came_in_clear = request.url.scheme == "http" and not is_loopback(request.client.host if request.client else "")
    if not is_in_clear(settings) and not (came_in_clear and not is_loopback(settings.host)):
        return []
    text = "Vedette is reached over the network in clear: others there can read passwords and watch. Use TLS."
    return [Warning_(code="system.clear_text", message=text)]


def _certificate(settings: Settings, now_ms: int) -> list[Warning_]:
    try:
        found = certificate_of(settings)
        trouble = found.trouble(now_ms) if found else None
    except VedetteError as error:
        trouble = error.message
    return [Warning_(code="system.certificate", message=trouble)] if trouble else []


def _rtsp(server: RestreamServer | None) -> list[Warning_]:
    ports = server.ports if server is not None else []
    return [Warning_(code="system.rtsp_port", message=port.told) for port in ports if not port.open]


async def _preferences(session: AsyncSession) -> Preferences:
    stored = await preferences.load(session, TIMEZONE, THEME, KEEP_DAYS, COVERAGE_SLO, PLACE)
    return Preferences(
        timezone=stored.get(TIMEZONE) or local_timezone(),
        theme=stored.get(THEME, "dark"),
        keep_days=stored.get(KEEP_DAYS),
        coverage_slo=stored.get(COVERAGE_SLO, USUAL_SLO),
        place=stored.get(PLACE),
    )


@router.get("/preferences", summary="The site's preferences", dependencies=[signed_in()])
async def get_preferences(database: DatabaseDep) -> Preferences:
    """The time zone is the machine's until it is set."""
    async with database.read() as session:
        return await _preferences(session)


@router.put("/preferences", summary="Set the site's preferences", dependencies=[require(Permission.SYSTEM_MANAGE)])
async def set_preferences(given: Preferences, database: DatabaseDep, clock: ClockDep, caller: Caller) -> Preferences:
    """All of them at once."""
    async with database.write() as session:
        was = (await _preferences(session)).model_dump(mode="json")
        values: dict[str, Any] = {TIMEZONE: given.timezone, THEME: given.theme, KEEP_DAYS: given.keep_days}
        values[COVERAGE_SLO] = given.coverage_slo
        values[PLACE] = given.place.model_dump() if given.place else None
        await preferences.save(session, values)
        now = given.model_dump(mode="json")
        outbox.emit(session, clock.now_ms(), "system.preferences", now)
        if names := [name for name in now if was[name] != now[name]]:
            before, after = {name: was[name] for name in names}, {name: now[name] for name in names}
            await record(session, clock.now_ms(), caller, Entry("settings.edit", before=before, after=after))
    return given


@router.post(
    "/setup/finish", status_code=204, summary="End the first run", dependencies=[require(Permission.SYSTEM_MANAGE)]
)
async def finish_setup(database: DatabaseDep, clock: ClockDep, caller: Caller) -> None:
    """The wizard is not shown again, even without a camera."""
    async with database.write() as session:
        done = await preferences.load(session, SET_UP)
        await preferences.save(session, {SET_UP: True})
        if not done:
            await record(session, clock.now_ms(), caller, Entry("setup.finish"))


@router.post(
    "/demo",
    status_code=201,
    summary="Add simulated cameras",
    responses=responses(409),
    dependencies=[require(Permission.CAMERA_CREATE)],
)
async def add_demo_cameras(
    given: Demo, shelf: Shelf, database: DatabaseDep, settings: SettingsDep, caller: Caller, clock: ClockDep
) -> DemoMade:
    """They are served by the simulator, which runs as long as there are simulated cameras."""
    async with database.read() as session:
        port = await simulator_port(session, settings)
    made = await add_simulated(shelf.service, given.count, port, caller)
    return DemoMade(items=[shelf.show(stored, caller, clock.now_ms()) for stored in made])
