"""User name and password of a camera, and the URL without them."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from vedette.core.errors import invalid


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a camera asks for. The password is kept out of `repr`, so that it is in no log and no traceback."""

    username: str
    password: str = field(repr=False)


def split_credentials(url: str) -> tuple[str, Credentials | None]:
    """`url` without its user information, and that information.

    A password may hold any character that is percent-encoded; people also paste a bare `@` or `#`, so the user
    information ends at the last `@` before the path. Raises VedetteError (`url.invalid`) for what is no URL.
    """
    scheme, separator, rest = url.strip().partition("://")
    if not separator or not scheme or not rest:
        raise invalid("url.invalid", "The address is no URL: write it like rtsp://camera.lan:554/stream.", field="url")
    head, slash, tail = rest.partition("/")
    user_info, at, host = head.rpartition("@")
    plain = f"{scheme}://{host}{slash}{tail}"
    try:
        parts = urlsplit(plain)
        _ = parts.port
    except ValueError as error:
        raise invalid("url.invalid", f"The address is not a URL: {error}.", field="url") from error
    if not parts.hostname:
        raise invalid("url.invalid", "The address names no host: write it like rtsp://camera.lan/stream.", field="url")
    if not at:
        return urlunsplit(parts), None
    username, _, password = user_info.partition(":")
    return urlunsplit(parts), Credentials(unquote(username), unquote(password))
