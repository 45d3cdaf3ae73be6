"""Which requests with cookies are ours."""

import pytest

from vedette.http.csrf import judge

HOST = (b"host", b"nvr.example:7070")
OURS = (b"x-vedette-client", b"web")
SAME = (b"origin", b"http://nvr.example:7070")


@pytest.mark.parametrize(
    ("method", "headers", "good"),
    [
        ("GET", [HOST, (b"origin", b"http://evil.example")], True),
        ("HEAD", [HOST], True),
        ("POST", [HOST, SAME, OURS], True),
        ("POST", [HOST, SAME, OURS, (b"sec-fetch-site", b"same-origin")], True),
        ("POST", [HOST, OURS], True),
        ("POST", [HOST, (b"Origin", b"HTTP://NVR.example:7070"), (b"X-Vedette-Client", b"web")], True),
        ("POST", [HOST, SAME], False),
        ("POST", [HOST, SAME, (b"x-vedette-client", b"")], False),
        ("POST", [HOST, (b"origin", b"http://nvr.example:8080"), OURS], False),
        ("POST", [HOST, (b"origin", b"http://evil.example"), OURS], False),
        ("POST", [HOST, (b"origin", b"null"), OURS], False),
        ("POST", [HOST, (b"origin", b"http://["), OURS], False),
        ("POST", [HOST, SAME, (b"origin", b"http://evil.example"), OURS], False),
        ("POST", [SAME, OURS], False),
        ("POST", [HOST, OURS, (b"sec-fetch-site", b"cross-site")], False),
        ("POST", [HOST, SAME, OURS, (b"sec-fetch-site", b"same-site")], False),
        ("DELETE", [HOST], False),
        ("PUT", [HOST], False),
        ("PATCH", [HOST], False),
        ("get", [HOST], False),
        (None, [HOST, SAME], True),
        (None, [HOST], False),
        (None, [HOST, OURS], False),
        (None, [HOST, (b"origin", b"http://evil.example")], False),
    ],
)
def test_judgement(method: str | None, headers: list[tuple[bytes, bytes]], good: bool) -> None:
    refused = judge(method, headers)
    assert (refused is None) == good
    assert refused is None or refused.code == "auth.csrf"
