"""What a stream costs that is converted while it is watched: the process that does it, and each viewer."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import httpx
from websockets.asyncio.client import connect

from benchmarks.installation import Installation
from benchmarks.processes import Meter
from benchmarks.report import Table, number

VIEWERS = (0, 1, 10)
QUALITY = "720p"
_FIRST_S = 60.0


async def costs(installation: Installation, address: str, access: str, seconds: float) -> tuple[Table, dict[str, Any]]:
    """Of viewers of `cam-1` by MSE, all in one quality."""
    api = installation.processes["api"].pid
    headers = {"Authorization": f"Bearer {access}"}
    rows, spent = [], {}
    alone = 0.0
    async with httpx.AsyncClient(base_url=f"{address}/api/v1", headers=headers, timeout=30) as client:
        for viewers in VIEWERS:
            async with AsyncExitStack() as stack:
                first = [asyncio.Event() for _ in range(viewers)]
                tasks = [asyncio.create_task(_watch(address, headers, came)) for came in first]
                for task in tasks:
                    stack.callback(task.cancel)
                async with asyncio.timeout(_FIRST_S):
                    await asyncio.gather(*(came.wait() for came in first))
                await asyncio.sleep(3)
                meter = Meter([api])
                await asyncio.sleep(seconds)
                usage = meter.read().cpu_percent
                running = (await client.get("/live/encoders")).raise_for_status().json()["transcodes"]
                if any(task.done() for task in tasks):
                    raise RuntimeError("a viewer of the converted stream ended")
            if viewers:
                usage -= running[0]["cpu"]  # its process is one of the api's, and is told apart
            else:
                alone = usage
            each = (usage - alone) / viewers if viewers else 0.0
            work = running[0] if viewers else {"cpu": 0.0, "latency_ms": 0.0, "fps": 0.0, "skipped": 0}
            spent[str(viewers)] = {
                "api": usage,
                **{name: work[name] for name in ("cpu", "latency_ms", "fps", "skipped")},
            }
            own = (
                [number(work["cpu"], 1), number(work["latency_ms"], 1), number(work["fps"], 1)] if viewers else [""] * 3
            )
            rows.append([str(viewers), number(usage, 1), number(each, 2) if viewers else "", *own])
    columns = [
        f"MSE viewers of one camera in {QUALITY}",
        "api % of a core",
        "api per viewer %",
        "conversion % of a core",
        "adds ms",
        "pictures a second",
    ]
    return Table("Cost of a converted stream", columns, rows, ["One conversion, however many watch."]), spent


async def _watch(address: str, headers: dict[str, str], came: asyncio.Event) -> None:
    place = f"{address.replace('http', 'ws', 1)}/api/v1/live/cam-1/mse?quality={QUALITY}"
    async with connect(place, additional_headers=headers, compression=None, max_size=None) as socket:
        async for message in socket:
            if isinstance(message, bytes):
                came.set()
