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
from vedette.core.errors import invalid, not_found
from vedette.core.words import sentences
from vedette.settings import Settings


def settings_from(arguments: argparse.Namespace, **more: object) -> Settings:
    """The settings, with what was said on the command line on top.

    Raises VedetteError `settings.invalid`, which names the setting.
    """
    given: dict[str, Any] = {"data": arguments.data, "log_level": arguments.log_level, **more}
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise invalid("settings.invalid", sentences(f"Setting {name}: {first['msg']}"), field=name) from error


def prepare_data(settings: Settings) -> None:
    """Makes the data directory and the run directory, readable by nobody else."""
    for directory in (settings.data, settings.run_dir):
        try:
            Path(directory).mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise invalid(
                "settings.data",
                f"The data directory {directory} can't be made: {error.strerror}. Choose another one with --data.",
                field="data",
            ) from error


def existing_installation(settings: Settings) -> None:
    """Raises VedetteError `settings.data` where there is no installation: a command that only looks at one makes none
    for a mistyped --data."""
    if settings.database_url is None and not (settings.data / "vedette.sqlite").is_file():
        raise not_found(
            "settings.data",
            f"There is no Vedette installation in {settings.data.resolve()}. Give its data directory with --data.",
        )
    if not settings.data.is_dir():
        raise not_found("settings.data", f"The data directory {settings.data.resolve()} does not exist.")


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
