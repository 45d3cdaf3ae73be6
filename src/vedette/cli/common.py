"""What the commands share: settings from the arguments, and the loop."""

import argparse
import asyncio
import getpass
import os
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import uvloop
from pydantic import ValidationError

from vedette.access.principal import CallerKind, Principal
from vedette.cli.program import command
from vedette.cli.remains import remains, told
from vedette.core.errors import VedetteError, invalid, not_found
from vedette.core.words import sentences
from vedette.settings import Settings


def settings_from(arguments: argparse.Namespace, **more: object) -> Settings:
    """The settings, with what was said on the command line on top.

    Raises VedetteError `settings.invalid`, which names the setting.
    """
    said = {"data": arguments.data, "log_level": arguments.log_level, "log_format": arguments.log_format}
    given: dict[str, Any] = {**said, **more}
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise invalid("settings.invalid", sentences(f"Setting {name}: {first['msg']}"), field=name) from error


def prepare_data(settings: Settings) -> None:
    """Makes the data directory and the run directory, readable by nobody else. Only what begins an installation, or
    rebuilds one, does that.

    Raises VedetteError `settings.data`, which says what is in the way.
    """
    for directory in (settings.data, settings.run_dir):
        try:
            Path(directory).mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise _no_data(directory, error.strerror or str(error)) from error
        if not os.access(directory, os.W_OK | os.X_OK):
            raise _no_data(directory, "Permission denied")


def _no_data(directory: Path, complaint: str) -> VedetteError:
    from vedette.storage import places  # see cli.main: only who fails pays for it

    # What the set-up page says of a place for footage; the system's own word where that has none.
    why = places.look(directory.absolute()).problem or sentences(complaint, "Choose another directory.")
    return invalid(
        "settings.data", f"The data directory {directory} can't be used. {why} It is given with --data.", field="data"
    )


def missing_installation(settings: Settings) -> str:
    """Why there is no installation at these settings, and how to make one, or to bring a lost one back (then in several
    lines); empty where there is one."""
    data = settings.data.resolve()
    if not data.is_dir():
        found = f"There is no Vedette installation in {data}: there is no such directory."
    elif settings.database_url is None and not (data / "vedette.sqlite").is_file():
        if left := remains(settings):
            return told(settings, left)
        found = f"There is no Vedette installation in {data}."
    else:
        return ""
    return f"{found} Give its data directory with --data, or make one there: {command(settings, 'serve')}"


def existing_installation(settings: Settings) -> None:
    """Raises VedetteError `settings.data` where there is no installation: no command but those that begin one makes one
    for a mistyped --data."""
    if missing := missing_installation(settings):
        raise not_found("settings.data", missing)


def operator() -> Principal:
    """Who runs this command, for the audit log: whoever may do that may do everything."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in containers
        name = f"user {os.getuid()}"
    return Principal(CallerKind.SYSTEM, f"{name} (command line)")


def run_async(main: Coroutine[Any, Any, int]) -> int:
    """Runs `main` on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)
