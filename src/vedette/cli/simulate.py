"""`vedette simulate`: simulated cameras on this machine, until interrupted."""

import argparse
import asyncio
import signal
import socket
from pathlib import Path

from vedette.cli.common import run_async, settings_from
from vedette.core import logs
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.lifecycle import end_with_parent
from vedette.core.words import sentences
from vedette.media.simulator import catalogue
from vedette.media.simulator.server import DEFAULT_USER, SimulatorServer

_FAULTS = """\
faults, in the query (times in seconds from PLAY):
  drop=S        close the connection           hang=S       stop sending, keep it open
  loss=PERCENT  packets not sent               garbage=PERCENT  noise between packets
  truncate=PERCENT  packets cut short          back=S       a time stamp too early, every second
  jump=S&at=S   the camera's clock jumps       nokey=S      no key frames for so long
  delay=S       answers come late              rate=KBIT    a narrow line: frames are dropped
  header=BYTES  a huge header in an answer     sdp=absurd|huge|empty|nomedia|binary
  speak=http|noise|silence  not RTSP at all    sr=S         between RTCP sender reports, 0 for none
  timeout=S     of a silent session            auth=basic|digest|sha256  ask for user and password

examples:
  rtsp://127.0.0.1:7554/front-door             rtsp://127.0.0.1:7554/yard/sub
  rtsp://127.0.0.1:7554/lobby/h265?drop=20     rtsp://127.0.0.1:7554/cam-7/bench?loss=0.5
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    kinds = "\n".join(f"  {name:<12} {kind.note}" for name, kind in catalogue.KINDS.items())
    # From the supervisor: the cameras' addresses stay good while this process is started again.
    parser.add_argument("--listener", type=int, default=None, help=argparse.SUPPRESS)
    names = ", ".join(camera.slug for camera in catalogue.DEMO)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = (
        "Runs simulated cameras: an RTSP server (TCP interleaved) at rtsp://HOST:PORT/CAMERA[/KIND][?FAULTS].\n"
        "Frame number and clock are burned into the pictures; the first start makes the clips, which takes seconds."
    )
    parser.epilog = f"cameras:\n  {names},\n  and cam-1, cam-2 ... as many as wanted\n\nkinds:\n{kinds}\n\n{_FAULTS}"
    parser.add_argument("--cameras", type=int, default=4, metavar="N", help="cameras to prepare and list (default 4)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=None, help="TCP port, 0 for a free one (default 7554)")
    parser.add_argument("--user", default=DEFAULT_USER, help=f"user name with --password (default {DEFAULT_USER})")
    parser.add_argument("--password", help="ask every client for it; without, all may watch")
    parser.add_argument(
        "--cache", type=Path, default=None, metavar="DIR", help="where clips are kept (default: in the data directory)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Runs until SIGINT or SIGTERM. Raises VedetteError when the port or the cache directory can't be used."""
    settings = settings_from(arguments)
    logs.configure("simulator", level=settings.log_level, lines=settings.log_format)
    end_with_parent()
    inherited = None if arguments.listener is None else socket.socket(fileno=arguments.listener)
    server = SimulatorServer(
        arguments.host,
        settings.simulator_port if arguments.port is None else arguments.port,
        cache=arguments.cache or settings.data / "simulator",
        user=arguments.user,
        password=arguments.password,
        listener=inherited,
    )
    try:
        # What a supervisor starts makes each clip when its camera is asked for: nobody watches the others.
        return run_async(_serve(server, 0 if inherited else arguments.cameras))
    except OSError as error:
        message = sentences(f"The simulated cameras could not be started: {error}", "Choose another --port or --cache")
        raise VedetteError(ErrorKind.UNAVAILABLE, "simulator.failed", message) from error


async def _serve(server: SimulatorServer, count: int) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    cameras = catalogue.demo_cameras(count)
    async with server:
        for camera in cameras:
            print(f"{camera.name:<14} {server.url(camera.slug)}   sub-stream {server.url(camera.slug, 'sub')}")
        if cameras:
            print("Stop with Ctrl-C.", flush=True)
        ready = asyncio.create_task(server.prepare([camera.slug for camera in cameras]))
        ended = asyncio.create_task(stopped.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        if ready.done():
            ready.result()
        await stopped.wait()
        ready.cancel()
    if not cameras:
        return 0
    counters = server.counters
    print(
        f"Sent {counters.frames_sent} frames, {counters.bytes_sent} bytes to {counters.connections} connections; "
        f"{counters.frames_dropped} frames, {counters.bytes_dropped} bytes could not be sent."
    )
    return 0
