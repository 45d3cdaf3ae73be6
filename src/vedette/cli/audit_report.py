"""The report of a period as lines for a terminal. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from vedette.audit.periods import zone_of
from vedette.audit.schemas import AuditEntry, AuditReport, LoginCount, WatchedView
from vedette.core.words import count


def lines(report: AuditReport) -> Iterator[str]:
    """A head, and for each list its title and a line for each thing."""
    zone = zone_of(report.timezone)
    yield f"{_at(report.start, zone)} to {_at(report.end, zone)} ({report.timezone}), " + count(
        report.entries, "entry", "entries"
    )
    yield from _list("Sign-ins", [_login(one, zone) for one in report.logins])
    yield from _list("Failed sign-ins", [_login(one, zone) for one in report.failed_logins])
    yield from _list("Who watched what", [_view(one, zone) for one in report.watched])
    other = [
        f"{_who(one.name, one.token_name)}: {one.camera or 'a removed camera'}, "
        f"{count(one.snapshots, 'still')}, {count(one.downloads, 'download')}"
        for one in report.views
        if one.snapshots or one.downloads
    ]
    yield from _list("Stills and downloads, counted once an hour", other)
    yield from _list("Changes of permissions", [_entry(one, zone) for one in report.permission_changes])
    yield from _list("Share links opened", [_entry(one, zone) for one in report.shares_opened])
    yield from _list("API tokens used from elsewhere", [_entry(one, zone) for one in report.tokens_elsewhere])
    yield from _list("Refused", [_entry(one, zone) for one in report.refusals])
    yield from _list("Deletions", [_entry(one, zone) for one in report.deletions])
    if report.cut:
        yield ""
        yield "Some lists were longer; the newest 2,000 are here. The export of the audit log has all."


def _list(title: str, rows: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"{title}: {len(rows) or 'none'}"
    for row in rows:
        yield f"    {row}"


def _login(one: LoginCount, zone: tzinfo) -> str:
    where = one.address or "this server"
    return f"{_at(one.first, zone)} to {_at(one.last, zone)}  {one.name or 'no name'} from {where}: {one.count}"


def _view(one: WatchedView, zone: tzinfo) -> str:
    took = "its end is not known" if one.seconds is None else f"{'' if one.exact else 'at least '}{one.seconds} s"
    if one.going_on:
        took += " so far, goes on"
    seen = ", ".join(f"{_at(span.start, zone)} to {_at(span.end, zone)}" for span in one.footage)
    return (
        f"{_at(one.start, zone)}  {_who(one.name, one.token_name)}: {one.camera or 'a removed camera'}, {one.kind}, "
        f"{took}" + (f", footage of {seen}" if seen else "")
    )


def _entry(one: AuditEntry, zone: tzinfo) -> str:
    what = one.object_name or one.object_id or ""
    told = one.sentence or " ".join(filter(None, (one.action, what, one.detail)))
    result = "" if one.result == "ok" else f" [{one.result}]"
    return f"{_at(one.at, zone)}  {_who(one.actor_name or one.actor_kind, one.token_name)}: {told}{result}"


def _who(name: str, token: str | None) -> str:
    return f"{name} (token {token})" if token else name


def _at(at_ms: int, zone: tzinfo) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, zone):%Y-%m-%d %H:%M:%S}"
