"""What may be opened, and the credentials taken out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.cameras.urls import parse_credentials, parse_source_url
from vedette.core.errors import VedetteError
from vedette.media.credentials import Credentials


@pytest.mark.parametrize(
    ("text", "url", "credentials"),
    [
        ("rtsp://cam/stream1", "rtsp://cam/stream1", None),
        ("  RTSP://CAM.Lan:8554/Stream1?a=B&c  ", "rtsp://cam.lan:8554/Stream1?a=B&c", None),
        ("rtsps://192.168.1.2/x", "rtsps://192.168.1.2/x", None),
        ("rtsp://admin:pass@cam/x", "rtsp://cam/x", ("admin", "pass")),
        ("rtsp://admin:p%40ss%3A%2F@cam/x", "rtsp://cam/x", ("admin", "p@ss:/")),
        ("rtsp://admin:p@ss@cam/x", "rtsp://cam/x", ("admin", "p@ss")),
        ("rtsp://admin@cam/x", "rtsp://cam/x", ("admin", "")),
        ("rtsp://:@cam/x", "rtsp://cam/x", None),
        ("rtsp://[::1]:554/x", "rtsp://[::1]:554/x", None),
        ("rtsp://[2001:DB8::1]/x", "rtsp://[2001:db8::1]/x", None),
        ("rtsp://cam_1.lan/x", "rtsp://cam_1.lan/x", None),
        ("rtsp://bücher.example/x", "rtsp://xn--bcher-kva.example/x", None),
        ("rtsp://cam/größe", "rtsp://cam/gr%C3%B6%C3%9Fe", None),
        ("rtsp://cam/a%20b", "rtsp://cam/a%20b", None),
        ("rtsp://cam", "rtsp://cam", None),
        ("http://cam/video.mjpg", "http://cam/video.mjpg", None),
        ("udp://239.1.1.1:5000", "udp://239.1.1.1:5000", None),
        ("rtsp://127.0.0.1:7554/front-door/main", "rtsp://127.0.0.1:7554/front-door/main", None),
    ],
)
def test_good_addresses(text: str, url: str, credentials: tuple[str, str] | None) -> None:
    found = parse_source_url(text)
    assert found.url == url
    assert found.credentials == (Credentials(*credentials) if credentials else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cam/stream",
        "192.168.1.2:554",
        "-i rtsp://cam/x",
        "-rtsp://cam/x",
        "file:///etc/passwd",
        "file://cam/x",
        "concat:a|b",
        "gopher://cam/",
        "javascript://cam/%0aalert(1)",
        "rtsp:cam",
        "rtsp://",
        "rtsp:///x",
        "rtsp://-cam/x",
        "rtsp://cam-/x",
        "rtsp://cam..lan/x",
        "rtsp://cam:0/x",
        "rtsp://cam:99999/x",
        "rtsp://cam:port/x",
        "rtsp://[::1/x",
        "rtsp://[cam]/x",
        "rtsp://cam/a b",
        "rtsp://cam/a\nb",
        "rtsp://cam/a\x00b",
        "rtsp://c\u2028am/x",
        "rtsp://admin:pa#ss@cam/x",
        "rtsp://admin:pa/ss@cam/x",
        "rtsp://admin:%ff@cam/x",
        "rtsp://ad%3Amin:x@cam/x",
        "rtsp://admin:a%0Ab@cam/x",
        "rtsp://cam/" + "x" * 2048,
        "rtsp://" + "a." * 200 + "lan/x",
    ],
)
def test_bad_addresses(text: str) -> None:
    with pytest.raises(VedetteError) as refused:
        parse_source_url(text, "sub_url")
    assert refused.value.code in ("camera.url", "camera.credentials")
    assert refused.value.field in ("sub_url", "username", "password")


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.1.1",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::1]",
        "2852039166",
        "0xa9fea9fe",
        "0xa9.254.169.254",
        "0251.0376.0251.0376",
        "169.254.43518",
        "127.1",
        "0",
        "0.0.0.0",
        "[::]",
        "255.255.255.255",
        "100.100.100.200",
        "[fd00:ec2::254]",
        "metadata.google.internal",
        "METADATA.google.internal.",
        "metadata",
    ],
)
@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_addresses_where_no_camera_can_be(host: str, scheme: str) -> None:
    with pytest.raises(VedetteError) as refused:
        parse_source_url(f"{scheme}://admin:hunter2@{host}/x")
    assert refused.value.code == "camera.url_refused"
    assert "hunter2" not in refused.value.message


def test_multicast_is_only_for_what_can_receive_it() -> None:
    with pytest.raises(VedetteError):
        parse_source_url("http://239.1.1.1/x")


@pytest.mark.parametrize(
    ("username", "password"),
    [("", "secret"), (None, "secret"), ("a" * 257, "x"), ("admin", "x" * 257), ("ad\nmin", "x"), ("admin", "\x7f")],
)
def test_bad_credentials(username: str | None, password: str) -> None:
    with pytest.raises(VedetteError) as refused:
        parse_credentials(username, password)
    assert refused.value.code == "camera.credentials"


def test_a_password_is_in_no_representation() -> None:
    assert "hunter2" not in repr(parse_source_url("rtsp://admin:hunter2@cam/x"))


@given(st.text(max_size=60), st.sampled_from(["", "rtsp://", "rtsp://admin:", "http://[", "rtsp://cam/"]))
def test_any_text_is_read_or_refused_and_reading_is_stable(text: str, start: str) -> None:
    try:
        found = parse_source_url(start + text)
    except VedetteError:
        return
    again = parse_source_url(found.url)
    assert again.url == found.url
    assert again.credentials is None
    assert again.host == found.host


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("192.168.1.20", "rtsp://192.168.1.20/..."),
        ("cam.lan:554/stream1?password=hunter2", "rtsp://cam.lan:554/..."),
        ("hunter2@cam.lan", "must begin with one of"),
        ("rtsp://cam:99999/x", "The port is not between 1 and 65535."),
        ("rtsp://cam:0/x", "The port is not between 1 and 65535."),
    ],
)
def test_a_refusal_says_what_to_write(text: str, words: str) -> None:
    with pytest.raises(VedetteError) as refused:
        parse_source_url(text)
    assert words in refused.value.message
    assert "hunter2" not in refused.value.message
