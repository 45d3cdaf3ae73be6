"""Presigned addresses by AWS Signature Version 4 (query string). Pure.

obstore presigns addresses of whole objects. Ours sign the `Range` header too, so that who gets an address gets the
bytes that they may see and no others (Amazon S3 API reference, "Authenticating requests: using query parameters").
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from vedette.storage.s3.address import BucketAddress

_ALGORITHM = "AWS4-HMAC-SHA256"
_UNSIGNED = "UNSIGNED-PAYLOAD"


def presigned(
    address: BucketAddress,
    method: str,
    key: str,
    *,
    now_ms: int,
    valid_s: int,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """A URL with which anybody may make this request for `valid_s` seconds. It is only good with the very `headers`."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    scope = f"{day}/{address.region}/s3/aws4_request"
    signed = {"host": urlsplit(address.origin).netloc, **{name.lower(): text for name, text in (headers or {}).items()}}
    names = ";".join(sorted(signed))
    asked = {
        **(query or {}),
        "X-Amz-Algorithm": _ALGORITHM,
        "X-Amz-Credential": f"{address.access_key}/{scope}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(valid_s),
        "X-Amz-SignedHeaders": names,
    }
    text = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in sorted(asked.items()))
    path = address.url_path(key)
    lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
    canonical = f"{method}\n{path}\n{text}\n{lines}\n{names}\n{_UNSIGNED}"
    to_sign = f"{_ALGORITHM}\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(_signing_key(address, day), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{address.origin}{path}?{text}&X-Amz-Signature={signature}"


def _signing_key(address: BucketAddress, day: str) -> bytes:
    key = f"AWS4{address.secret_key}".encode()
    for part in (day, address.region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _escaped(text: str) -> str:
    return quote(text, safe="-_.~")
