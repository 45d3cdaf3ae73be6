"""Where the server listens: on loopback only, until there is an account. No web framework here: the supervisor asks
too."""

import shlex
import socket
from ipaddress import ip_address

from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.settings import Settings

_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 # it is asked for, and there is an account by then


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, without port) can only be this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def check_bind(settings: Settings, *, has_accounts: bool) -> None:
    """Refuses addresses that other machines can reach while there is no account: whoever came first could make it.

    Raises VedetteError `api.not_loopback`.
    """
    if not has_accounts and not is_loopback(settings.host):
        data = shlex.quote(str(settings.data.resolve()))
        raise invalid(
            "api.not_loopback",
            f"Vedette has no accounts yet, and whoever reaches {settings.host} first could take it over. Make one with "
            f"`vedette user create NAME --role admin --data {data}`, or start it with --host 127.0.0.1 and "
            "make the first administrator in a browser on this machine (or through an SSH tunnel).",
            field="host",
        )


def is_in_clear(settings: Settings) -> bool:
    """Whether other machines reach it without TLS of its own, and no proxy is known that could bring some."""
    return not is_loopback(settings.host) and settings.tls_cert is None and not settings.trusted_proxies


def listen(settings: Settings) -> socket.socket:
    """The listening socket; `::` takes IPv4, too. Raises VedetteError `api.port`."""
    try:
        return listening(settings.host, settings.port)
    except OSError as error:
        raise VedetteError(
            ErrorKind.UNAVAILABLE,
            "api.port",
            f"Port {settings.port} of {settings.host} can't be listened on: {error.strerror}. Choose one with --port.",
            field="port",
        ) from error


def listening(host: str, port: int) -> socket.socket:
    """The same for any port. Raises OSError."""
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server((host, port), family=family, backlog=256, dualstack_ipv6=both)


def own_address(settings: Settings) -> str:
    """Where this machine itself reaches the server: loopback where it listens everywhere."""
    host = settings.host.strip("[]")
    if host in _EVERYWHERE:
        return "::1" if host == "::" else "127.0.0.1"
    return host


def address_for_people(settings: Settings) -> str:
    """The URL that is shown at the start."""
    if settings.public_url:
        return settings.public_url
    host = own_address(settings)
    return f"{settings.scheme}://{f'[{host}]' if ':' in host else host}:{settings.port}"
