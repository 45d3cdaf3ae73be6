"""Where the running server of a data directory listens: the api process writes it down, other commands find it there.

Options of `vedette serve` are nowhere else. A file that a killed process left counts for nothing: it is believed only
as long as the process that it names holds the lock.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from vedette.core.lifecycle import holder
from vedette.settings import Settings

PROCESS = "api"
# What `vedette serve` takes as options of the network.
NAMES = ("host", "port", "tls_cert", "tls_key", "public_url", "trusted_proxies")


@dataclass(frozen=True, slots=True)
class Running:
    """The server that runs now, and those of its settings that say how it is reached."""

    pid: int
    settings: Mapping[str, object]


def _file(run_dir: Path) -> Path:
    return run_dir / "api.json"


def write_down(settings: Settings, pid: int) -> None:
    """Called by the api process once it listens; `settings.port` is the one that it has."""
    told = settings.model_dump(mode="json", include=set(NAMES))
    for name in ("tls_cert", "tls_key"):
        # Whoever reads it may be in another directory.
        told[name] = str(Path(told[name]).resolve()) if told[name] else None
    path = _file(settings.run_dir)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps({"pid": pid, "settings": told}) + "\n", encoding="utf-8")
    temporary.replace(path)


def find(run_dir: Path) -> Running | None:
    """The server that runs on this data directory; None where none does, or what it wrote can't be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        told = json.loads(_file(run_dir).read_text("utf-8"))
        given = {name: value for name, value in told["settings"].items() if name in NAMES and value is not None}
        with suppress(ValidationError):
            Settings(**given)
            if told["pid"] == holder(run_dir, PROCESS):
                return Running(told["pid"], given)
    return None
