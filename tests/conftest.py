"""What every test may use. A test that needs a real component that this machine lacks is skipped with the reason."""

import gc
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

pytest_plugins = [
    "tests.support.distribution",
    "tests.support.postgres",
    "tests.support.databases",
    "tests.support.mounts",
    "tests.support.app",
    "tests.support.world",
    "tests.support.openid_provider",
    "tests.support.ceph",
]

# Tests ask as fast as they can. Those of the limits say which ones they want.
for name in ("ANONYMOUS", "SIGNED_IN", "MEDIA"):
    os.environ[f"VEDETTE_RATE_{name}"] = "0"
# Servers of tests run side by side: those that are to listen for RTSP say where.
os.environ["VEDETTE_RTSP_PORT"] = os.environ["VEDETTE_RTSPS_PORT"] = "0"

# A test that sets up logging as a process does must not decide where the next one's lines go: loggers look anew each
# time, and afterwards all is as it was.
_configure = structlog.configure


def _configure_without_caching(**given: Any) -> None:
    _configure(**{**given, "cache_logger_on_first_use": False})


structlog.configure = _configure_without_caching  # type: ignore[assignment] # it takes what the other takes


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def _gstreamer_missing() -> str | None:
    probe = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer"
    python = Path("/usr/bin/python3")
    if not python.exists() or subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode:
        return "GStreamer's RTSP server is not installed (gir1.2-gst-rtsp-server-1.0, python3-gi)"
    return None


def _program_missing(*names: str) -> str | None:
    absent = [name for name in names if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else None


def _postgres_missing() -> str | None:
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"):
        return None
    return "PostgreSQL's server programs are not installed (postgresql-15)"


def _openid_missing() -> str | None:
    if not (Path(__file__).parent / "support" / "openid" / "node_modules" / "oidc-provider").is_dir():
        return "the OpenID provider is not installed (npm ci in tests/support/openid)"
    return _program_missing("node")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    checks: dict[str, Callable[[], str | None]] = {
        "gstreamer": _gstreamer_missing,
        "browser": lambda: _program_missing("chromium"),
        "ffmpeg": lambda: _program_missing("ffmpeg", "ffprobe"),
        "nginx": lambda: _program_missing("nginx"),
        "postgres": _postgres_missing,
        "openid": _openid_missing,
        "vlc": lambda: _program_missing("cvlc"),
        "ceph": lambda: _program_missing("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw"),
    }
    for marker, check in checks.items():
        marked = [item for item in items if item.get_closest_marker(marker)]
        reason = check() if marked else None
        if reason:
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look through all of it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
