"""The product's Live page in Chromium, and what each kind of Chromium's processes costs."""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from benchmarks.page import bundle, chromium_page, login_cookies
from benchmarks.processes import cpu_s, tree
from vedette.media.simulator import catalogue
from vedette.media.simulator.clipspec import LOOP_MS

SIZE = {"width": 1920, "height": 1080}
# 2 s from key frame to key frame, and a moment for decoders to begin.
SETTLE_S = 12.0
_TYPE = re.compile(r"--type=([a-z-]+)")


@asynccontextmanager
async def live_page(address: str, login: dict[str, str], directory: Path, tiles: int) -> AsyncIterator[Page]:
    """The Live page with a wall of so many cameras, all of which play. `login`: name and password."""
    script = await bundle(directory, "wall.ts")
    async with chromium_page(await login_cookies(address, login), viewport=SIZE) as page:
        await page.goto(f"{address}/live")
        await page.add_script_tag(path=script)
        every = "(count) => [...document.querySelectorAll('article video')].filter((one) => one.currentTime > 0).length"
        await page.wait_for_function(f"{every} >= count", arg=tiles, timeout=60_000)
        await asyncio.sleep(SETTLE_S)
        yield page


async def watch(page: Page, tiles: int, frame_ms: int, seconds: float) -> dict[str, Any]:
    """What `watchWall` of player/wall.ts saw of `cam-1` to `cam-{tiles}`."""
    cameras = [catalogue.find(f"cam-{number}") for number in range(1, tiles + 1)]
    phases = {camera.slug: camera.phase_ms for camera in cameras if camera}
    clock = {"frameMs": frame_ms, "loopMs": LOOP_MS, "phasesMs": phases}
    seen: dict[str, Any] = await page.evaluate("([clock, forMs]) => watchWall(clock, forMs)", [clock, seconds * 1000])
    return seen


class ChromiumMeter:
    """What Chromium's processes take, by what they do: renderer (page, decoders), gpu-process (drawing), other."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._kinds = {pid: kind for pid in tree([os.getpid()]) if (kind := _kind(pid))}
        self._cpu = {pid: cpu_s(pid) for pid in self._kinds}

    def read(self) -> dict[str, float]:
        """Per cent of a core since the start, by kind."""
        seconds = time.monotonic() - self._began
        spent = dict.fromkeys(("renderer", "gpu-process", "other"), 0.0)
        for pid, kind in self._kinds.items():
            spent[kind] += 100 * (cpu_s(pid) - self._cpu[pid]) / seconds
        return spent


def _kind(pid: int) -> str | None:
    """Of a process of Chromium; None for others."""
    command = _command(pid)
    if "chromium" not in command.partition(" ")[0]:
        return None
    found = _TYPE.search(command)
    return found[1] if found and found[1] in ("renderer", "gpu-process") else "other"


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
