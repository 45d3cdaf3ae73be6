"""Tries a camera's address before it is saved: what is there, how good it is, and what to do when it is not.

Connects with the native RTSP client, watches until two groups of pictures have passed (at most `WATCH_S`, or
`KEY_FRAME_S` while there is no key frame at all) and measures. Nothing is decoded: the first key frame comes along as
an init and a part, for whoever wants a picture of it (`media.stills.jpeg`).
"""

from vedette.core.clock import Clock
from vedette.media.credentials import Credentials
from vedette.media.probe_results import ProbeResult, failed
from vedette.media.probe_watch import KEY_FRAME_S, WATCH_S, Watch, sentence
from vedette.media.rtsp.client import RtspSource
from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.tracks import Note
from vedette.media.units import EndReason

_TICK_S = 0.02


async def probe(
    url: str,
    credentials: Credentials | None,
    clock: Clock,
    *,
    watch_s: float = WATCH_S,
    key_frame_s: float = KEY_FRAME_S,
    verify_tls: bool = False,
) -> ProbeResult:
    """Looks at the stream at `url` (without credentials) for `watch_s`, or `key_frame_s` while no key frame came.

    What is wrong with it is in the result, not raised.
    """
    watch = Watch(clock)
    source = RtspSource(url, credentials, watch, clock=clock, verify_tls=verify_tls)
    try:
        await source.connect()
    except RtspError as error:
        return failed(error.code.removeprefix("rtsp."), error.message)
    session = source.session
    round_trip_ms, setup_ms = session.round_trip_s * 1000, session.set_up_s * 1000
    ended: tuple[EndReason, str] | None = None
    try:
        while ended is None and not watch.enough(watch_s, key_frame_s):
            now_s = clock.monotonic()
            source.on_readable(now_s)
            source.on_timer(now_s)
            await clock.sleep(_TICK_S)
            ended = watch.ended
    finally:
        source.close()
    if ended is not None and not watch.key_frames:
        return failed(str(ended[0]), ended[1], round_trip_ms, setup_ms)
    seen = watch.video_seen()
    if seen is None:
        message = "The camera sends video, but no key frame came" if watch.frames else "The camera sends no video"
        return failed("no_key_frame", f"{message} for {watch.watched_s:.0f} s.", round_trip_ms, setup_ms)
    return ProbeResult(
        True,
        None,
        sentence(seen),
        None,
        round_trip_ms=round_trip_ms,
        setup_ms=setup_ms,
        video=seen,
        audio=watch.audio_seen(),
        warnings=(*session.notes, *watch.warnings(seen), *([Note("ended", ended[1])] if ended else [])),
        picture=watch.picture(),
    )
