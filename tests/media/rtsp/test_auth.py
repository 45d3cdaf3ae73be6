"""Basic and Digest: the examples of the RFCs, and the challenges of real devices."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.media.credentials import Credentials
from vedette.media.rtsp.auth import Authenticator, parse_challenges

RFC_7616_NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
RFC_7616_CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


def answering(challenge: str, *, user: str = "Mufasa", password: str = "Circle of Life") -> Authenticator:
    authenticator = Authenticator(Credentials(user, password), lambda: RFC_7616_CNONCE)
    assert authenticator.accept(parse_challenges([challenge]))
    return authenticator


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616(algorithm: str, response: str) -> None:
    authenticator = answering(
        f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, '
        f'nonce="{RFC_7616_NONCE}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    value = authenticator.authorization("GET", "/dir/index.html")
    assert value is not None
    assert value.startswith('Digest username="Mufasa", realm="http-auth@example.org", ')
    assert f'response="{response}"' in value
    assert f"algorithm={algorithm}" in value
    assert "qop=auth, nc=00000001" in value
    assert 'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"' in value
    again = authenticator.authorization("GET", "/dir/index.html")
    assert again is not None
    assert "nc=00000002" in again


def test_digest_without_qop_as_most_cameras_ask() -> None:
    authenticator = answering('Digest realm="IP Camera(C1234)", nonce="abc", stale="FALSE"', user="u", password="p")
    ha1 = hashlib.md5(b"u:IP Camera(C1234):p").hexdigest()
    ha2 = hashlib.md5(b"DESCRIBE:rtsp://cam/a").hexdigest()
    response = hashlib.md5(f"{ha1}:abc:{ha2}".encode()).hexdigest()
    assert authenticator.authorization("DESCRIBE", "rtsp://cam/a") == (
        f'Digest username="u", realm="IP Camera(C1234)", nonce="abc", uri="rtsp://cam/a", response="{response}"'
    )


def test_session_variant() -> None:
    authenticator = answering('Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"', user="u", password="p")
    secret = hashlib.md5(b"u:r:p").hexdigest()
    secret = hashlib.md5(f"{secret}:n:{RFC_7616_CNONCE}".encode()).hexdigest()
    request = hashlib.md5(b"PLAY:rtsp://c").hexdigest()
    response = hashlib.md5(f"{secret}:n:00000001:{RFC_7616_CNONCE}:auth:{request}".encode()).hexdigest()
    value = authenticator.authorization("PLAY", "rtsp://c")
    assert value is not None
    assert f'response="{response}"' in value
    assert "algorithm=MD5-sess" in value


def test_basic() -> None:
    authenticator = answering('Basic realm="WallyWorld"', user="Aladdin", password="open sesame")
    assert authenticator.authorization("GET", "/") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="


def test_the_best_challenge_wins() -> None:
    both = 'Digest realm="a", nonce="1", Digest realm="a", nonce="2", algorithm=SHA-256'
    offered = parse_challenges(['Basic realm="a, Digest nonce=1"', both])
    assert [challenge.algorithm for challenge in offered] == ["sha-256", "md5", "basic"]
    assert offered[2].realm == "a, Digest nonce=1"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Bearer x",
        "Digest realm=a",
        'Digest realm="a", nonce="b", algorithm=SHA-512',
        'Digest nonce="b", qop=auth-int',
    ],
)
def test_challenges_without_an_answer(value: str) -> None:
    assert parse_challenges([value]) == []


def test_stale_is_seen() -> None:
    assert parse_challenges(['Digest realm="a", nonce="b", stale=true'])[0].stale


@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_header_is_read_without_harm(values: list[str]) -> None:
    authenticator = Authenticator(Credentials("u", "p"), lambda: "c")
    if authenticator.accept(parse_challenges([*values, *(f"Digest {value}" for value in values)])):
        assert authenticator.authorization("GET", "/")
