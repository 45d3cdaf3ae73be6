"""Real streams from GStreamer's RTSP server, which knows nothing of Vedette: for interoperability tests.

    with GstServer({"/cam": h264() + aac()}) as server:
        url = server.url("/cam")

Sources are live and go on for ever. The server is a process of its own with the system's Python, ended with the block.
"""

import json
import subprocess
from pathlib import Path
from types import TracebackType

_PROGRAM = Path(__file__).with_name("gst_rtsp_server.py")


def _ball(width: int, height: int, fps: int) -> str:
    return (
        "videotestsrc is-live=true pattern=ball "
        f"! video/x-raw,format=I420,width={width},height={height},framerate={fps}/1 "
    )


def h264(
    *, width: int = 320, height: int = 240, fps: int = 25, gop: int = 25, b_frames: int = 0, number: int = 0
) -> str:
    """A live H.264 test picture as RTP payloader `pay{number}`."""
    return (
        f"{_ball(width, height, fps)}! x264enc speed-preset=ultrafast key-int-max={gop} bframes={b_frames} bitrate=400 "
        f"{'rc-lookahead=5' if b_frames else 'tune=zerolatency'} "
        f"! video/x-h264,profile={'main' if b_frames else 'baseline'} "
        f"! rtph264pay name=pay{number} pt=96 config-interval=-1 aggregate-mode=zero-latency "
    )


def h265(*, width: int = 320, height: int = 240, fps: int = 15, gop: int = 15, number: int = 0) -> str:
    """A live H.265 test picture."""
    return (
        f"{_ball(width, height, fps)}! x265enc speed-preset=ultrafast tune=zerolatency key-int-max={gop} bitrate=300 "
        f"log-level=none ! h265parse ! rtph265pay name=pay{number} pt=98 config-interval=-1 "
    )


def aac(*, rate: int = 48000, number: int = 1) -> str:
    """A live tone as AAC (RFC 3640)."""
    return (
        f"audiotestsrc is-live=true wave=ticks ! audio/x-raw,rate={rate},channels=1 ! audioconvert "
        f"! voaacenc bitrate=64000 ! aacparse ! rtpmp4gpay name=pay{number} pt=97 "
    )


def pcma(*, number: int = 1) -> str:
    """A live tone as G.711 A-law."""
    return (
        "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! alawenc "
        f"! rtppcmapay name=pay{number} pt=8 min-ptime=20000000 max-ptime=20000000 "
    )


def opus(*, number: int = 1) -> str:
    """A live tone as Opus."""
    return (
        f"audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2 ! opusenc ! rtpopuspay name=pay{number} pt=111 "
    )


def mjpeg(*, number: int = 0) -> str:
    """Motion JPEG, which the native client leaves to libav."""
    return (
        "videotestsrc is-live=true ! video/x-raw,format=I420,width=320,height=240,framerate=5/1 ! jpegenc "
        f"! rtpjpegpay name=pay{number} pt=26 "
    )


class GstServer:
    """`mounts` maps paths to pipelines; `auth` is `none`, `basic` or `digest` with one user."""

    def __init__(
        self,
        mounts: dict[str, str],
        *,
        auth: str = "none",
        username: str = "viewer",
        password: str = "pass word",
        udp_only: bool = False,
    ) -> None:
        self._settings = {"mounts": mounts, "auth": auth, "users": {username: password}, "udp_only": udp_only}
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def url(self, path: str) -> str:
        """The address of one mount."""
        return f"rtsp://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> "GstServer":
        self._process = subprocess.Popen(
            ["/usr/bin/python3", str(_PROGRAM), json.dumps(self._settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise RuntimeError("GStreamer's RTSP server did not start")
        self.port = int(line)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Ends it and waits."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
