"""Under which names the server answers, and which pages may talk to it."""

import pytest

from vedette.http.binding import is_loopback
from vedette.http.guard import judge as judge_for
from vedette.http.hosts import Site, host_name, site_of
from vedette.http.problem import Problem
from vedette.settings import Settings

HOST = (b"host", b"127.0.0.1:7070")


def judge(method: str | None, headers: list[tuple[bytes, bytes]]) -> Problem | None:
    """By a server that listens on loopback and knows no other name."""
    return judge_for(method, "ws" if method is None else "http", headers, Site())


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


NETWORK = Settings(host="192.168.1.5", allowed_hosts=("NVR.example",), public_url="https://cameras.example:8443")


@pytest.mark.parametrize(
    ("host", "answers"),
    [
        ("127.0.0.1:7070", True),
        ("192.168.1.5", True),
        ("203.0.113.9:8080", True),  # a forwarded port: an address can't be rebound
        ("[2001:db8::1]:7070", True),
        ("nvr.example", True),
        ("nvr.example.:7070", True),
        ("cameras.example:8443", True),
        ("cameras.example", True),
        ("evil.example", False),
        ("nvr.example.evil.example", False),
        ("192.168.1.5.evil.example", False),
        ("3232235781", False),
        ("0x7f.1", False),
    ],
)
def test_the_names_of_a_server_on_the_network(host: str, answers: bool) -> None:
    refused = judge_for("GET", "http", [(b"host", host.encode())], site_of(NETWORK))
    assert (refused is None) == answers
    assert refused is None or refused.code == "request.host_refused"


def test_a_server_on_the_network_goes_by_its_machines_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Recorder.branch.example")
    site = site_of(Settings(host="0.0.0.0"))
    assert {"recorder", "recorder.local", "recorder.lan", "recorder.branch.example"} <= site.names
    assert not site.answers_to("recorder.evil.example")


def test_behind_a_proxy_a_server_on_loopback_goes_by_its_public_name_only() -> None:
    site = site_of(Settings(public_url="https://cameras.example"))
    assert site.answers_to("cameras.example")
    assert site.answers_to("localhost")
    assert not site.answers_to("192.168.1.5")


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "good"),
    [
        ("http", "nvr.example", "http://nvr.example", True),
        ("http", "nvr.example:80", "http://nvr.example", True),
        ("https", "nvr.example", "https://nvr.example", True),
        ("https", "nvr.example:443", "https://NVR.example", True),
        ("wss", "nvr.example", "https://nvr.example", True),
        ("http", "nvr.example", "https://nvr.example", True),  # TLS ends at a proxy that does not say so
        ("https", "nvr.example", "http://nvr.example", False),  # anybody can be in a page that came in clear
        ("wss", "nvr.example", "http://nvr.example", False),
        ("https", "nvr.example", "https://nvr.example:8443", False),
        ("https", "nvr.example", "https://nvr.example@evil.example", False),
        ("https", "nvr.example", "https://friend.example", True),
        ("wss", "nvr.example", "https://friend.example", True),
        ("https", "nvr.example", "http://friend.example", False),
        ("https", "nvr.example", "null", False),
        ("https", "nvr.example", "https://[", False),
    ],
)
def test_origins(scheme: str, host: str, origin: str, good: bool) -> None:
    site = Site(names=frozenset({"nvr.example"}), friends=frozenset({"https://friend.example"}))
    method = None if scheme.startswith("ws") else "POST"
    refused = judge_for(method, scheme, [(b"host", host.encode()), (b"origin", origin.encode())], site)
    assert (refused is None) == good
