"""Where figures were taken: they mean nothing without it."""

import os
import platform
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

from vedette.media.rtsp import video

PACKAGES = ("vedette", "av", "numpy", "sqlalchemy", "aiosqlite", "fastapi", "uvicorn", "uvloop")


def describe() -> dict[str, str]:
    """Names of parts and what they are here. Nothing about the network or the user."""
    found = {
        "cpu": _cpu_model(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB",
        "system": _system(),
        "kernel": platform.release(),
        "python": platform.python_version(),
    }
    found |= {name: metadata.version(name) for name in PACKAGES}
    compiled = video.__file__.endswith(".so")
    found["vedette"] += f" (media path {'compiled' if compiled else 'interpreted'})"
    for program in ("ffmpeg", "chromium"):
        version = _version(program)
        if version:
            found[program] = version
    return found


def sentence(found: dict[str, str]) -> str:
    """One line for a report."""
    machine = f"{found['cpu']}, {found['cores']} cores, {found['memory']}, {found['system']}, Linux {found['kernel']}"
    versions = ", ".join(
        f"{name} {found[name]}" for name in ("python", *PACKAGES, "ffmpeg", "chromium") if name in found
    )
    return f"{machine}; {versions}."


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _version(program: str) -> str | None:
    path = shutil.which(program)
    if path is None:
        return None
    first = subprocess.run(
        [path, "--version" if program == "chromium" else "-version"], capture_output=True, check=False
    )
    words = first.stdout.decode(errors="replace").split()
    return next((word for word in words if word[:1].isdigit()), None)
