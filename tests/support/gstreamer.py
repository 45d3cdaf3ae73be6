"""GStreamer's command, gst-launch-1.0, as a player that records."""

import asyncio


async def gst_launch(*words: str) -> None:
    """Runs a pipeline to its end. Raises AssertionError with what it complained of.

    A complaint about its last PAUSE is none: at the end of a stream rtspsrc closes its connection while its own PAUSE
    still waits for an answer, and now and then takes that for an error (GStreamer 1.22, one run in sixty on a busy
    machine, whether or not the server keeps the connection open).
    """
    process = await asyncio.create_subprocess_exec(
        "gst-launch-1.0",
        "-q",
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, told = await process.communicate()
    except BaseException:
        process.kill()
        await process.communicate()
        raise
    errors = told.decode(errors="replace")
    assert process.returncode == 0 or "gst_rtspsrc_pause ()" in errors, errors[-2000:]
