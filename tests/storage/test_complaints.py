from dataclasses import replace

import pytest

from vedette.core.errors import VedetteError
from vedette.storage.s3.address import BucketAddress, checked
from vedette.storage.s3.complaints import complaint
from vedette.storage.s3.leftovers import uploads

# As the library says it: with times, names and ports, whose digits and letters say nothing of what is wrong.
REFUSED = """\
Generic S3 error: Error performing GET http://127.0.0.1:40310/crossley-tls-404-bucket/503.mp4 in 104.403401ms, after 1 \
retries, max_retries: 1, retry_timeout: 180s  - HTTP error: error sending request

Debug source: ... elapsed: 104.403401ms, inner: Http( HttpError { kind: Connect, source: ConnectError(
"tcp connect error", 127.0.0.1:40310, Os { code: 111, kind: ConnectionRefused, message: "Connection refused" } ) } )"""
RESET = REFUSED.replace("tcp connect error", "hyper").replace("refused", "reset by peer").replace("Refused", "Reset")


@pytest.mark.parametrize(
    ("status", "text", "code", "words"),
    [
        (403, "Forbidden: <Error><Code>InvalidAccessKeyId</Code>", "volume.access_key", "does not know"),
        (403, "<Code>SignatureDoesNotMatch</Code>", "volume.secret_key", "does not belong"),
        (403, "<Code>RequestTimeTooSkewed</Code>", "volume.clock", "NTP"),
        (404, "<Code>NoSuchBucket</Code>", "volume.no_bucket", "There is no bucket cold"),
        (400, "<Code>AuthorizationHeaderMalformed</Code>", "volume.region", "another region"),
        (301, "<Code>PermanentRedirect</Code>", "volume.region", "another region"),
        (403, "<Code>AccessDenied</Code>", "volume.denied", "s3:DeleteObject"),
        (403, "Forbidden", "volume.denied", "s3:GetObject"),
        (403, "<Code>QuotaExceeded</Code>", "volume.quota", "quota"),
        (503, "<Code>SlowDown</Code>", "volume.unreachable", "overloaded"),
        (429, "<html>Too many</html>", "volume.unreachable", "overloaded"),
        (404, "<html>No such bucket here</html>", "volume.no_bucket", "There is no bucket cold"),
        (404, "<html>Not found</html>", "volume.unreachable", "does not answer as an object storage"),
        (
            None,
            "Error performing GET http://s3/x in 9ms - Server returned non-2xx status code: 403 Forbidden: ",
            "volume.denied",
            "s3:GetObject",
        ),
        (
            None,
            "Error performing GET http://s3/x in 9ms - Server returned non-2xx status code: 502 Bad Gateway: ",
            "volume.unreachable",
            "out of order",
        ),
        (None, REFUSED, "volume.unreachable", "Is the storage running"),
        (None, RESET, "volume.unreachable", "does not answer as an object storage"),
        (None, "dns error: failed to lookup address information", "volume.unreachable", "DNS"),
        (None, "invalid peer certificate: UnknownIssuer", "volume.unreachable", "certificate"),
        (None, "operation timed out", "volume.unreachable", "in time"),
        (None, "<html>It works!</html>", "volume.unreachable", "does not answer as an object storage"),
    ],
)
def test_what_is_wrong_and_what_to_do(status: int | None, text: str, code: str, words: str) -> None:
    found = complaint(text, "https://s3.example.com/cold", "cold", status)
    assert found.code == code
    assert words in found.message


GOOD = BucketAddress("https://s3.example.com", "us-east-1", "cold", "", "key", "secret")


@pytest.mark.parametrize(
    ("given", "endpoint"),
    [
        ("https://S3.Example.com/", "https://s3.example.com"),
        ("https://s3.example.com:443", "https://s3.example.com"),
        ("http://127.0.0.1:7480", "http://127.0.0.1:7480"),
        ("http://[::1]:7480", "http://[::1]:7480"),
        ("http://10.1.2.3", "http://10.1.2.3"),
        ("http://ceph:7480", "http://ceph:7480"),
        ("http://nas.lan", "http://nas.lan"),
    ],
)
def test_an_endpoint_has_one_spelling(given: str, endpoint: str) -> None:
    assert checked(replace(GOOD, endpoint=given)).endpoint == endpoint


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"endpoint": "http://s3.example.com"}, "endpoint"),
        ({"endpoint": "http://8.8.8.8"}, "endpoint"),
        ({"endpoint": "https://s3.example.com/bucket"}, "endpoint"),
        ({"endpoint": "https://me:pw@s3.example.com"}, "endpoint"),
        ({"endpoint": "ftp://s3.example.com"}, "endpoint"),
        ({"endpoint": "https://s3.example.com:99999"}, "endpoint"),
        ({"endpoint": "https://evil.com;script-src *"}, "endpoint"),
        ({"endpoint": "http://169.254.169.254"}, "endpoint"),
        ({"endpoint": "https://0.0.0.0"}, "endpoint"),
        ({"endpoint": ""}, "endpoint"),
        ({"bucket": "a/b"}, "bucket"),
        ({"bucket": ""}, "bucket"),
        ({"prefix": "a//b"}, "prefix"),
        ({"prefix": "a/../b"}, "prefix"),
        ({"prefix": "a\nb"}, "prefix"),
        ({"region": "US EAST"}, "region"),
        ({"access_key": ""}, "access_key"),
        ({"secret_key": "with space"}, "secret_key"),
        ({"timeout_s": 0}, "timeout_s"),
    ],
)
def test_what_is_refused_names_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(VedetteError) as caught:
        checked(replace(GOOD, **changed))  # type: ignore[arg-type]
    assert caught.value.field == field


def test_where_it_is() -> None:
    assert replace(GOOD, prefix="a/b").location == "https://s3.example.com/cold/a/b"
    assert GOOD.origin == "https://s3.example.com"
    assert replace(GOOD, path_style=False).origin == "https://cold.s3.example.com"
    assert "secret" not in repr(GOOD)


def test_only_the_uploads_of_the_very_key() -> None:
    xml = (
        "<R><Upload><Key>a.mp4</Key><UploadId>1</UploadId></Upload>"
        "<Upload><Key>a.mp4x</Key><UploadId>2</UploadId></Upload><Upload><UploadId>3</UploadId></Upload>"
        "<Upload><Key>a.mp4</Key><UploadId>4&amp;5</UploadId></Upload></R>"
    )
    assert uploads(xml, "a.mp4") == ["1", "4&5"]
