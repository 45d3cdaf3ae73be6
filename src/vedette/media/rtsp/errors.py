"""The one error of the RTSP client: why a run could not begin, or why it ended."""

from vedette.core.errors import ErrorKind, VedetteError
from vedette.media.units import EndReason

_KINDS = {
    EndReason.UNAUTHORIZED: ErrorKind.UNAUTHENTICATED,
    EndReason.NOT_FOUND: ErrorKind.NOT_FOUND,
    EndReason.UNSUPPORTED: ErrorKind.INVALID,
    EndReason.PROTOCOL: ErrorKind.INVALID,
}


class RtspError(VedetteError):
    """`reason` is what the recorder acts on, `code` tells more (`rtsp.dns`, `rtsp.not_rtsp`), `message` is a sentence
    for a person. Neither holds a secret."""

    def __init__(self, reason: EndReason, code: str, message: str) -> None:
        super().__init__(_KINDS.get(reason, ErrorKind.UNAVAILABLE), f"rtsp.{code}", message)
        self.reason = reason


def protocol_error(code: str, message: str) -> RtspError:
    """The other side does not speak RTSP, RTP or SDP as we can follow."""
    return RtspError(EndReason.PROTOCOL, code, message)


def unsupported(code: str, message: str) -> RtspError:
    """A codec or transport that the native client leaves to libav."""
    return RtspError(EndReason.UNSUPPORTED, code, message)
