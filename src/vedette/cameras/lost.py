"""What a camera lacks after it came back without the database: logins and secrets are in no copy.

In the place of each stands `LOST`, which no key opens: recorders don't connect with half of what is needed, which would
lock the camera's account, but say so until a person enters it again.
"""

from vedette.cameras.tables import CameraRow
from vedette.cameras.url_secrets import is_lost, lose_secrets
from vedette.cameras.urls import parse_source_url
from vedette.cameras.views import present_streams
from vedette.core.errors import VedetteError
from vedette.core.redaction import MASK

# Nothing is known of how the camera is reached (RFC 2606: this name never resolves).
UNKNOWN_URL = "rtsp://camera.invalid/"


def address(copied: str, kind: str) -> tuple[str, bool]:
    """A copied address as it is stored, and whether a login stood in it; `UNKNOWN_URL` for one that is none."""
    try:
        source = parse_source_url(copied, f"{kind} address")
    except VedetteError:
        return UNKNOWN_URL, False
    return lose_secrets(source.url, MASK), source.credentials is not None


def lacking(camera: CameraRow, *, login_lost: bool) -> list[str]:
    """What a person must enter again, as sentences; empty for a camera that lacks nothing."""
    wanted: list[str] = []
    streams = present_streams(camera)
    for stream in streams:
        which = "address" if stream.kind == "main" else "address of the sub-stream"
        if stream.url == UNKNOWN_URL:
            wanted.append(f"Its {which} is not known: enter it.")
        elif is_lost(stream.url):
            wanted.append(f"The password in its {which} was lost with the database: enter the {which} again.")
    if login_lost:
        wanted.append("Its login was lost with the database: enter user and password again.")
    return wanted
