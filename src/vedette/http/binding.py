"""Where the server listens: on loopback only, until accounts exist. No web framework here: the supervisor asks too."""

import socket
from ipaddress import ip_address

from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.settings import Settings


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, without port) can only be this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def check_bind(settings: Settings) -> None:
    """Refuses addresses that other machines can reach: there are no accounts yet."""
    if not is_loopback(settings.host):
        raise invalid(
            "api.not_loopback",
            f"Vedette has no accounts yet and would let everyone in who reaches {settings.host}. "
            "Use --host 127.0.0.1; from another machine, reach it through an SSH tunnel.",
            field="host",
        )


def listen(settings: Settings) -> socket.socket:
    """The listening socket. Raises VedetteError `api.port`."""
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, settings.port), family=family, backlog=256)
    except OSError as error:
        raise VedetteError(
            ErrorKind.UNAVAILABLE,
            "api.port",
            f"Port {settings.port} of {settings.host} can't be listened on: {error.strerror}. Choose one with --port.",
            field="port",
        ) from error
