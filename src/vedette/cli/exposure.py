"""What `vedette doctor` says of the way to the network: who can reach the server, its certificate, its proxies."""

import stat
from collections.abc import Iterator

from vedette.cli.findings import Finding
from vedette.cli.program import command
from vedette.core.errors import VedetteError
from vedette.http.binding import is_in_clear, is_loopback
from vedette.http.tls import certificate_of, context_of
from vedette.settings import Settings


def look(settings: Settings, now_ms: int, *, has_accounts: bool) -> Iterator[Finding]:
    """By the settings; reads the certificate's files, and nothing else."""
    yield from _listening(settings, has_accounts)
    yield from _certificate(settings, now_ms)
    if settings.trusted_proxies:
        proxies = ", ".join(map(str, settings.trusted_proxies))
        if any(network.prefixlen == 0 for network in settings.trusted_proxies):
            told = f"{proxies}: everybody's word on where they are counts. Name your proxy's address only"
            yield Finding("problem", "proxies", told)
        else:
            yield Finding("ok", "proxies", f"what {proxies} says of callers ({settings.proxy_header}) counts")
    off = [name for name in ("rate_anonymous", "rate_signed_in", "rate_media") if getattr(settings, name) == 0]
    if off and not is_loopback(settings.host):
        yield Finding("note", "limits", f"switched off: {', '.join(off)}")


def _listening(settings: Settings, has_accounts: bool) -> Iterator[Finding]:
    where = f"{settings.host}:{settings.port}"
    if is_loopback(settings.host):
        yield Finding("ok", "network", f"{where}, this machine only")
    elif not has_accounts:
        create = command(settings, "user", "create", "NAME", "--role", "admin")
        told = f"{where} is refused until there is an account: {create}"
        yield Finding("problem", "network", told)
    elif is_in_clear(settings):
        told = f"{where} without TLS: others on the network can read passwords and watch. docs/network.md has the ways"
        yield Finding("note", "network", told)
    else:
        yield Finding("ok", "network", where)


def _certificate(settings: Settings, now_ms: int) -> Iterator[Finding]:
    try:
        found = certificate_of(settings)
        if found is None:
            return
        context_of(settings)
    except VedetteError as error:
        yield Finding("problem", "certificate", error.message)
        return
    if trouble := found.trouble(now_ms):
        yield Finding("problem", "certificate", trouble)
    else:
        days = (found.not_after_ms - now_ms) // 86_400_000
        yield Finding("ok", "certificate", f"{settings.tls_cert}, {', '.join(found.names)}, good for {days} more days")
    key = settings.tls_key or settings.tls_cert
    if key is not None and key.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
        yield Finding("problem", "certificate's key", f"everybody on this machine can read {key}: chmod o-rwx it")
