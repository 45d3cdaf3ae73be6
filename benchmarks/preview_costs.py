"""What previews cost, beside ffmpeg that decodes key frames of the same file and makes them as small."""

import asyncio
import resource
import subprocess
import time
from pathlib import Path

import httpx

from benchmarks.installation import Installation
from benchmarks.processes import cpu_s
from benchmarks.reviewing import HOUR, instant

_STEP_MS = 10_000
_PICTURES = HOUR // _STEP_MS
_ALONE = "-threads 1 -skip_frame nokey"
_SMALL = "-an -vf scale=160:90:flags=area -fps_mode passthrough -f null -"


async def told(client: httpx.AsyncClient, installation: Installation, file: Path, start_ms: int, end_ms: int) -> str:
    """CPU that the api takes to make the sheets of an hour of the main stream, a picture every 10 s, in a sentence.
    `file` is what the hour's recordings are."""
    at_ms = start_ms + (end_ms - start_ms) // 2 // HOUR * HOUR
    query = {"start": instant(at_ms), "end": instant(at_ms + HOUR), "step_ms": str(_STEP_MS)}
    listed = await client.get("/api/v1/playback/cam-1/previews", params=query)
    listed.raise_for_status()
    process = installation.processes["api"].pid
    before, began = cpu_s(process), time.perf_counter()
    total = 0
    sheets = listed.json()["sheets"]
    for sheet in sheets:
        answer = await client.get(listed.url.join(sheet["url"]))
        answer.raise_for_status()
        total += len(answer.content)
    took, spent = time.perf_counter() - began, cpu_s(process) - before
    usual = await asyncio.to_thread(_usual, file)
    return (
        f"Previews of an hour of the main stream, one every 10 s: {spent:.2f} s of CPU, {took:.2f} s,"
        f" {total / 1e6:.2f} MB in {len(sheets)} sheets. That is {spent / _PICTURES * 1000:.1f} ms a picture,"
        f" with reading and encoding; ffmpeg takes {usual * 1000:.1f} ms ({_ALONE}, scaled to 160x90, thrown away):"
        f" {spent / _PICTURES / usual:.2f} x."
    )


def _usual(file: Path) -> float:
    """CPU of ffmpeg for each key frame of a file, seconds."""
    before = _children_s()
    words = f"ffmpeg -v error -stats {_ALONE} -i".split()
    done = subprocess.run([*words, str(file), *_SMALL.split()], capture_output=True, text=True, check=True)
    pictures = int(done.stderr.rpartition("frame=")[2].split()[0])
    return (_children_s() - before) / pictures


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
