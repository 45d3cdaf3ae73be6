"""What an edit does to a camera's credentials: keeps them, removes them, or sets new ones.

Stored credentials are never shown, and so they are never sent to a server that the person editing could have chosen:
whoever changes the host or the port must know the password.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from vedette.cameras.schemas import CameraPatch, CameraSettings
from vedette.cameras.urls import SourceUrl, parse_credentials
from vedette.core.errors import VedetteError, invalid
from vedette.media.credentials import Credentials


@dataclass(frozen=True, slots=True)
class Login:
    """What becomes of the credentials. `kept`: the stored password goes on being used; `changed`: `credentials` are to
    be stored (None: removed)."""

    kept: bool
    changed: bool
    credentials: Credentials | None = None

    @property
    def present(self) -> bool:
        """Whether the camera has credentials afterwards."""
        return self.credentials is not None if self.changed else self.kept


def decide(
    given: CameraSettings | CameraPatch, urls: Collection[SourceUrl], stored: Callable[[], Credentials] | None
) -> Login:
    """What follows from what was given in fields and URLs. `stored` opens the stored credentials, where there are some;
    it is called only when one half of them stays, so that a lost key does not keep anyone from entering them anew.

    Raises VedetteError `camera.credentials...` when they contradict each other or are not usable.
    """
    username, password = given.username, given.password.get_secret_value() if given.password else None
    inside = inside_urls(urls, username, password)
    if inside is not None:
        return Login(kept=False, changed=True, credentials=inside)
    said = given.model_fields_set & {"username", "password"}
    if not said:
        return Login(kept=stored is not None, changed=False)
    if "username" in said and not username:
        return Login(kept=False, changed=True, credentials=parse_credentials(None, password))
    if stored is None or len(said) == 2:
        return Login(kept=False, changed=True, credentials=parse_credentials(username, password))
    present = stored()
    if "username" in said:
        return Login(kept=True, changed=True, credentials=parse_credentials(username, present.password))
    return Login(kept=False, changed=True, credentials=parse_credentials(present.username, password))


def inside_urls(urls: Collection[SourceUrl], username: str | None, password: str | None) -> Credentials | None:
    """The credentials that stand in the URLs. Raises `camera.credentials` when others stand in the fields."""
    found = [url.credentials for url in urls if url.credentials is not None]
    if not found:
        return None
    if any(credentials != found[0] for credentials in found):
        raise _twice("sub_url")
    if (username or found[0].username) != found[0].username or (password or found[0].password) != found[0].password:
        raise _twice("username")
    return found[0]


def check_destination(login: Login, before: Collection[SourceUrl], after: Collection[SourceUrl]) -> None:
    """Raises VedetteError `camera.credentials_needed` when a kept password would go to another host or port than
    before, or in the clear where it went encrypted."""
    if not login.kept:
        return
    known = {(url.server, url.encrypted) for url in before}
    for url in after:
        if (url.server, url.encrypted) not in known and (url.server, False) not in known:
            host, port = url.server
            where = f"{host}, port {port}" if port is not None else host
            raise invalid(
                "camera.credentials_needed",
                f"The address now leads to {where}. Enter the user and password again to use them there.",
                field="password",
            )


def _twice(field: str) -> VedetteError:
    return invalid(
        "camera.credentials",
        "Different users or passwords are given for one camera. Give them once, in the fields or in the address.",
        field=field,
    )
