"""The probe for what the native RTSP client leaves: the same measurements through the libav source."""

from urllib.parse import urlsplit

from vedette.core.clock import Clock
from vedette.media.credentials import Credentials
from vedette.media.libav import LibavError, LibavSource
from vedette.media.probe_results import ProbeResult, failed_libav
from vedette.media.probe_watch import KEY_FRAME_S, WATCH_S, Watch, sentence
from vedette.media.rtsp.tracks import Note

_LOOK_S = 0.1


async def probe_libav(
    url: str,
    credentials: Credentials | None,
    clock: Clock,
    *,
    watch_s: float = WATCH_S,
    key_frame_s: float = KEY_FRAME_S,
) -> ProbeResult:
    """As `media.probe.probe`. There is no round trip in the result: libav does not tell.

    When cancelled, the thread that reads ends at libav's own time limit at the latest.
    """
    scheme = urlsplit(url).scheme.lower()
    watch = Watch(clock, reports=False)
    source = LibavSource(url, credentials, watch, clock=clock)
    began_s = clock.monotonic()
    try:
        await source.connect()
    except LibavError as error:
        return failed_libav(error.code.removeprefix("libav."), error.message, scheme)
    setup_ms = (clock.monotonic() - began_s) * 1000
    try:
        while watch.ended is None and not watch.enough(watch_s, key_frame_s):
            await clock.sleep(_LOOK_S)
        ended = watch.ended
    finally:
        source.close()
    if ended is not None and not watch.key_frames:
        return failed_libav(str(ended[0]), ended[1], scheme, setup_ms)
    seen = watch.video_seen()
    if seen is None:
        return failed_libav("no_key_frame", f"No key frame came for {watch.watched_s:.0f} s.", scheme, setup_ms)
    return ProbeResult(
        True,
        None,
        sentence(seen),
        None,
        engine="libav",
        setup_ms=setup_ms,
        video=seen,
        audio=watch.audio_seen(),
        warnings=(*watch.warnings(seen), *([Note("ended", ended[1])] if ended else [])),
        picture=watch.picture(),
    )
