"""What lies on a volume: camera directories, days, files. Blocking."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vedette.storage.volumes import COPY, MARKER

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What file systems and desktops put there, and our own.
_OURS = frozenset({MARKER, COPY, f"{COPY}.new", "lost+found"})


@dataclass(slots=True)
class Survey:
    """`days` maps a day (`2026-11-21`) to the directories of that day, relative to the volume. `strange` are paths that
    no recorder makes."""

    days: dict[str, list[str]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


def survey(root: Path) -> Survey:
    """Walks the two upper levels of a volume. Raises OSError."""
    found = Survey()
    for camera in _entries(root):
        if camera.name in _OURS or camera.name.startswith(".vedette-probe-"):
            continue
        if not camera.is_dir(follow_symlinks=False):
            found.strange.append(camera.name)
            continue
        for day in _entries(Path(camera.path)):
            relative = f"{camera.name}/{day.name}"
            if day.is_dir(follow_symlinks=False) and _DAY.fullmatch(day.name):
                found.days.setdefault(day.name, []).append(relative)
            else:
                found.strange.append(relative)
    return found


def files(root: Path, directories: list[str]) -> tuple[list[str], list[str]]:
    """The segment files in these directories and what else is in them, relative to the volume. Directories that went
    away meanwhile count as empty. Raises OSError."""
    segments: list[str] = []
    strange: list[str] = []
    for directory in directories:
        try:
            entries = list(_entries(root / directory))
        except FileNotFoundError:
            continue
        for entry in entries:
            ours = entry.name.endswith(".mp4") and entry.is_file(follow_symlinks=False)
            (segments if ours else strange).append(f"{directory}/{entry.name}")
    return segments, strange


def _entries(directory: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(directory) as found:
        yield from sorted(found, key=lambda entry: entry.name)
