"""Who may talk to a server without accounts."""

import pytest

from vedette.http.binding import is_loopback
from vedette.http.guard import host_name, judge

HOST = (b"host", b"127.0.0.1:7070")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "vedette.localhost", "localhost.", "127.0.0.1", "127.8.9.1", "::1", "[::1]"]
)
def test_loopback_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",
        "::",
        "192.168.1.2",
        "evil.com",
        "localhost.evil.com",
        "127.0.0.1.evil.com",
        "notlocalhost",
        "127.1",
    ],
)
def test_other_names_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost:7070", "localhost"),
        ("[::1]:7070", "::1"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost:port", None),
        ("user@localhost", None),
        ("localhost/evil.com", None),
        ("[::1", None),
    ],
)
def test_the_host_in_a_header(header: str, name: str | None) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"host", b"evil.com")],
        [(b"host", b"")],
        [HOST, (b"host", b"evil.com")],
        [(b"host", b"localhost@evil.com")],
    ],
)
def test_reading_needs_a_loopback_host(headers: list[tuple[bytes, bytes]]) -> None:
    refused = judge("GET", headers)
    assert refused is not None
    assert (refused.status, refused.code) == (421, "request.host_refused")


@pytest.mark.parametrize(
    "extra",
    [
        (b"origin", b"http://evil.com"),
        (b"origin", b"http://127.0.0.1:8080"),
        (b"origin", b"http://localhost:7070"),
        (b"origin", b"null"),
        (b"sec-fetch-site", b"cross-site"),
        (b"sec-fetch-site", b"same-site"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", None])
def test_changes_and_sockets_from_other_origins_are_refused(extra: tuple[bytes, bytes], method: str | None) -> None:
    refused = judge(method, [HOST, extra])
    assert refused is not None
    assert (refused.status, refused.code) == (403, "request.origin_refused")


@pytest.mark.parametrize(
    "extra",
    [
        [],
        [(b"origin", b"http://127.0.0.1:7070")],
        [(b"sec-fetch-site", b"same-origin")],
        [(b"sec-fetch-site", b"none")],
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", None])
def test_own_pages_and_programs_are_let_in(extra: list[tuple[bytes, bytes]], method: str | None) -> None:
    assert judge(method, [HOST, *extra]) is None


def test_links_from_other_pages_may_be_followed() -> None:
    assert judge("GET", [HOST, (b"sec-fetch-site", b"cross-site")]) is None
