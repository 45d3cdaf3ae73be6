"""`vedette doctor`: looks over an installation and says what is wrong and what to do about it. Changes nothing."""

import argparse
import os
import platform
import resource
import shutil
import socket
from collections.abc import Collection, Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from vedette.cameras import repository as cameras
from vedette.cameras.lost import lacking
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.cli import exposure, network
from vedette.cli.common import missing_installation, run_async, settings_from
from vedette.cli.findings import Finding
from vedette.cli.live import LiveStates, look_at_recorders
from vedette.core.clock import SystemClock
from vedette.core.redaction import redact
from vedette.core.words import count, sentences
from vedette.db.migrate import current_revision, newest_revision
from vedette.db.session import Database
from vedette.http.binding import address_for_people, own_address
from vedette.http.running import Running, find
from vedette.identity import users_repository as users
from vedette.settings import Settings
from vedette.storage.s3.buckets import Buckets
from vedette.storage.service import VolumeService
from vedette.storage.tables import VolumeKind, VolumeRow
from vedette.storage.volumes import VolumeState
from vedette.vault import open_vault

# A camera needs a socket, an open file and a share of the rest; 400 cameras on a node fit with room.
WANTED_FILES = 4096
# How long a server on this machine may take to answer.
_ANSWER_S = 3
SYNCED = Path("/run/systemd/timesync/synchronized")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How the server is started, where that is not in the settings and none is running."""
    network.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    said = {name: value for name, value in network.given(arguments).items() if value is not None}
    settings = settings_from(arguments, **said)
    findings = [*_machine(), *_software()]
    if missing := missing_installation(settings):
        findings.append(Finding("problem", "installation", missing))
    else:
        running = find(settings.run_dir)
        if running is not None:
            # As it was started, unless somebody asks how another way would be.
            settings = settings_from(arguments, **{**running.settings, **said})
        findings += [*_server(settings, running), *_data(settings), *run_database(settings)]
    signs = {"ok": "ok     ", "note": "note   ", "problem": "PROBLEM"}
    for finding in findings:
        print(f"{signs[finding.level]}  {finding.subject}: {finding.message}")
    problems = sum(finding.level == "problem" for finding in findings)
    print(f"\n{count(problems, 'problem')} found." if problems else "\nAll is well.")
    return 1 if problems else 0


def _machine() -> Iterator[Finding]:
    yield Finding("ok", "system", f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < WANTED_FILES <= hard or hard == resource.RLIM_INFINITY:
        yield Finding("ok", "open files", f"limit {soft}, raised by the processes themselves when they start")
    elif soft < WANTED_FILES:
        yield Finding("problem", "open files", f"limit {hard}; many cameras need {WANTED_FILES}. Raise it: ulimit -n")
    else:
        yield Finding("ok", "open files", f"limit {soft}")
    if SYNCED.parent.exists() and not SYNCED.exists():
        yield Finding(
            "problem",
            "clock",
            "not synchronised. Footage is dated by this clock: enable NTP (timedatectl set-ntp true)",
        )


def _software() -> Iterator[Finding]:
    yield Finding("ok", "vedette", f"version {metadata.version('vedette')}")
    web = Path(__file__).parent.parent / "webui/index.html"
    if web.exists():
        yield Finding("ok", "web UI", "built")
    else:
        yield Finding("problem", "web UI", "not built into this installation. In a source tree: make web")
    if find_spec("av") is None:
        yield Finding(
            "problem", "PyAV", "not installed; snapshots, probing and the libav source need it: pip install av"
        )


def _server(settings: Settings, running: Running | None) -> Iterator[Finding]:
    """Whether it runs, and answers."""
    if running is None:
        told = "none is running on this data directory; how it would be reached is told by the settings and options"
        yield Finding("note", "server", told)
        return
    as_it_runs = settings.model_copy(update={"port": running.settings["port"], "host": running.settings["host"]})
    where = f"process {running.pid}, {address_for_people(as_it_runs)}"
    try:
        socket.create_connection((own_address(as_it_runs), as_it_runs.port), _ANSWER_S).close()
    except OSError as error:
        told = f"{where} does not answer ({error.strerror or error}). Its log says why; start vedette serve again"
        yield Finding("problem", "server", told)
    else:
        yield Finding("ok", "server", f"running: {where}")


def _data(settings: Settings) -> Iterator[Finding]:
    data = settings.data.resolve()
    if not os.access(data, os.W_OK | os.X_OK):
        yield Finding("problem", "data directory", f"{data} can't be written by this user (uid {os.getuid()})")
    else:
        free = shutil.disk_usage(data).free
        level = "ok" if free > 1 << 30 else "problem"
        yield Finding(level, "data directory", f"{data}, {free / 1e9:.1f} GB free")
    if settings.key_file.exists():
        mode = settings.key_file.stat().st_mode & 0o777
        if mode & 0o077:
            yield Finding(
                "problem", "key file", f"{settings.key_file} can be read by others (mode {mode:o}): chmod 600 it"
            )
        else:
            yield Finding("ok", "key file", "present, private. Keep a copy apart from the database's backups")


def run_database(settings: Settings) -> list[Finding]:
    """What can be said of the database and its volumes."""
    findings: list[Finding] = []

    async def look() -> int:
        database = Database(settings.sqlalchemy_url, pool_size=1)
        try:
            findings.extend(await _database(database, settings))
        except (SQLAlchemyError, OSError) as error:
            findings.append(Finding("problem", "database", f"can't be opened: {redact(str(error))}"))
        finally:
            await database.aclose()
        return 0

    run_async(look())
    return findings


async def _database(database: Database, settings: Settings) -> list[Finding]:
    async with database.engine.connect() as connection:
        current = await connection.run_sync(current_revision)
    newest = newest_revision()
    if current != newest:
        return [Finding("problem", "database", f"at {current}, this version needs {newest}: vedette serve migrates it")]
    found = [Finding("ok", "database", f"{database.dialect}, up to date ({newest})")]
    async with database.read() as session:
        has_accounts = await users.count(session) > 0
    found += exposure.look(settings, SystemClock().now_ms(), has_accounts=has_accounts)
    async with database.read() as session:
        volumes = (await session.execute(select(VolumeRow).order_by(VolumeRow.id))).scalars().all()
    if not volumes:
        found.append(Finding("note", "volumes", "none yet; the first page in the browser asks for one"))
    in_buckets = any(volume.kind != VolumeKind.DIRECTORY for volume in volumes)
    buckets = Buckets(database, SystemClock(), open_vault(settings)) if in_buckets else None
    for volume in volumes:
        seen = await VolumeService(database, SystemClock(), buckets).probe(volume)
        level = "ok" if seen.state == VolumeState.OK else "problem"
        words = sentences(seen.detail, seen.remedy) or "present and writable"
        found.append(Finding(level, f"volume {volume.name}", f"{volume.location}: {words}"))
    async with database.read() as session:
        streams = await cameras.streams(session)
        lost = await cameras.lost_logins(session)
    return [*found, *_lacking(streams, lost), *_cameras(streams, await look_at_recorders(settings.run_dir))]


def _lacking(streams: list[tuple[StreamRow, CameraRow]], lost: Collection[UUID]) -> Iterator[Finding]:
    """What must be entered again of cameras that came back without the database."""
    for camera in {camera.id: camera for _, camera in streams}.values():
        if wanted := lacking(camera, login_lost=camera.id in lost):
            yield Finding("problem", f"camera {camera.slug}", " ".join(wanted))


def _cameras(streams: list[tuple[StreamRow, CameraRow]], live: LiveStates) -> Iterator[Finding]:
    """What the recorders say of the cameras' streams."""
    if not live.recorders:
        yield Finding("note", "recorders", "none is running here, nothing is being recorded; vedette serve starts them")
        return
    names = ", ".join(f"{hello.name} (process {hello.pid})" for hello in live.recorders)
    yield Finding("ok", "recorders", f"{names} running")
    for stream, camera in streams:
        status = live.statuses.get(stream.id)
        state = status.state if status else "unknown"
        said = redact(status.detail) if status else "No recorder has taken it on."
        level = "problem" if state in ("waiting", "blocked", "unknown") else "ok"
        yield Finding(level, f"camera {camera.slug} ({stream.kind})", sentences(state, said))
