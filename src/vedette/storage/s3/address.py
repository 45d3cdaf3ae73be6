"""Where a bucket is and with what one gets in. Pure."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from vedette.core.errors import invalid

# Amazon's rules, which the others have kept (S3 user guide, "Bucket naming rules"); older Ceph buckets may have more.
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9!_.*'()/-]{0,500}")
_REGION = re.compile(r"[a-z0-9-]{1,60}")
_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")

MIN_TIMEOUT_S = 1
MAX_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """`endpoint` is a base URL without path, `prefix` has no slash at its ends and may be empty. With `path_style` the
    bucket is part of the path, else of the host name. `timeout_s`: no single request takes longer."""

    endpoint: str
    region: str
    bucket: str
    prefix: str
    access_key: str
    secret_key: str = field(repr=False)
    path_style: bool = True
    timeout_s: int = 10

    @property
    def location(self) -> str:
        """How people and the table know it: no two volumes have the same."""
        return "/".join(part for part in (self.endpoint, self.bucket, self.prefix) if part)

    @property
    def origin(self) -> str:
        """What browsers fetch from: scheme, host and port."""
        parts = urlsplit(self.endpoint)
        host = parts.netloc if self.path_style else f"{self.bucket}.{parts.netloc}"
        return f"{parts.scheme}://{host}"

    @property
    def insecure(self) -> bool:
        """Whether what goes there is not encrypted."""
        return self.endpoint.startswith("http://")

    def key(self, path: str) -> str:
        """The object's key in the bucket."""
        return f"{self.prefix}/{path}" if self.prefix else path

    def url_path(self, key: str) -> str:
        """The path of an object's URL, as it is signed: every octet but the unreserved ones and `/` escaped."""
        escaped = quote(key, safe="/-_.~")
        return f"/{self.bucket}/{escaped}" if self.path_style else f"/{escaped}"


def checked(address: BucketAddress) -> BucketAddress:
    """The address in its one spelling. Raises VedetteError, which names the field."""
    endpoint = _endpoint(address.endpoint)
    prefix = address.prefix.strip("/")
    if not _BUCKET.fullmatch(address.bucket):
        raise invalid("volume.bucket", f"{address.bucket[:100]!r} can't be the name of a bucket.", field="bucket")
    if not _PREFIX.fullmatch(prefix) or any(part in ("", ".", "..") for part in prefix.split("/") if prefix):
        raise invalid("volume.prefix", "A prefix has letters, digits, - _ . and single slashes.", field="prefix")
    if not _REGION.fullmatch(address.region):
        raise invalid("volume.region", "A region is a word as us-east-1. Ceph takes that one.", field="region")
    for name, value in (("access_key", address.access_key), ("secret_key", address.secret_key)):
        if not value or not value.isascii() or not value.isprintable() or " " in value:
            words = name.replace("_", " ")
            raise invalid(f"volume.{name}", f"Give the {words} as the storage shows it, without spaces.", field=name)
    if not MIN_TIMEOUT_S <= address.timeout_s <= MAX_TIMEOUT_S:
        message = f"Wait between {MIN_TIMEOUT_S} and {MAX_TIMEOUT_S} seconds for an answer."
        raise invalid("volume.timeout", message, field="timeout_s")
    return BucketAddress(
        endpoint,
        address.region,
        address.bucket,
        prefix,
        address.access_key,
        address.secret_key,
        address.path_style,
        address.timeout_s,
    )


def _endpoint(given: str) -> str:
    try:
        parts = urlsplit(given.strip())
        port = parts.port
    except ValueError as error:
        raise _bad_endpoint(f"{given[:200]!r} is no URL.") from error
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[a-z0-9.:_-]+", host):
        raise _bad_endpoint(f"{given[:200]!r} is no URL.")
    if parts.username is not None or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _bad_endpoint("The endpoint is scheme, host and port alone: the bucket has a field of its own.")
    if _unfit(host):
        raise _bad_endpoint("No object storage has this address.")
    if parts.scheme == "http" and not _near(host):
        raise _bad_endpoint("Without https only storage on this machine or in the private network is taken.")
    shown = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != default else "")


def _near(host: str) -> bool:
    """Whether a host is this machine or one in the private network, by its address or by a name that says so."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_NAMES)
    return found.is_loopback or found.is_private


def _unfit(host: str) -> bool:
    """Addresses of the link, where clouds keep their secrets, and those that are nobody's."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_link_local or found.is_multicast or found.is_unspecified


def _bad_endpoint(why: str) -> Exception:
    return invalid("volume.endpoint", f"{why} Give it as https://s3.example.com.", field="endpoint")
