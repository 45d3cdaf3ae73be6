"""What an object storage complains of, in words for a person. Pure: texts in, a Complaint out."""

import re
from dataclasses import dataclass

_CODE = re.compile(r"<Code>([A-Za-z0-9]{1,80})</Code>")
_STATUS = re.compile(r"status code: ([1-5][0-9]{2})\b")
# Names of buckets and cameras are no words of an error, and this is in every one.
_BESIDE = re.compile(r"https?://[^\s,)]+|retry_timeout")
_OUT_OF_ORDER = frozenset((429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Complaint:
    """`field` names the setting that is wrong, empty where none is."""

    code: str
    message: str
    field: str = ""


def complaint(text: str, location: str, bucket: str, status: int | None = None) -> Complaint:
    """`text` is what the library says of a failure, with the body of the answer where there was one. `status` is that
    of the answer (RFC 9110, section 15), where the text does not say it."""
    found = _CODE.search(text)
    code = found[1] if found else ""
    if status is None and (said := _STATUS.search(text)):
        status = int(said[1])
    if code in ("InvalidAccessKeyId", "InvalidAccessKey"):
        return Complaint("volume.access_key", "The storage does not know this access key. Copy it anew.", "access_key")
    if code == "SignatureDoesNotMatch":
        return Complaint("volume.secret_key", "The secret key does not belong to this access key.", "secret_key")
    if code in ("RequestTimeTooSkewed", "RequestExpired"):
        return Complaint(
            "volume.clock",
            "The clocks of this machine and of the storage differ by more than 15 minutes. Set both by NTP.",
        )
    if code == "NoSuchBucket" or (status == 404 and "bucket" in text.lower()):
        message = f"There is no bucket {bucket} at this storage. Make it there first, or mend the name."
        return Complaint("volume.no_bucket", message, "bucket")
    if code in ("AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException"):
        message = "The bucket is in another region than the one given, or at another endpoint."
        return Complaint("volume.region", message, "region")
    if code == "QuotaExceeded":
        return Complaint("volume.quota", "The storage's quota is used up. Raise it there, or delete something.")
    if code in ("SlowDown", "ServiceUnavailable", "InternalError") or status in _OUT_OF_ORDER:
        return Complaint("volume.unreachable", f"The storage of {location} is overloaded or out of order.")
    if code == "AccessDenied" or status in (401, 403):
        message = (
            f"The access key may not do this in {bucket}. It needs s3:GetObject, s3:PutObject, s3:DeleteObject,"
            " s3:ListBucket, s3:AbortMultipartUpload and s3:ListBucketMultipartUploads."
        )
        return Complaint("volume.denied", message, "access_key")
    return _without_answer(_BESIDE.sub("", text).lower(), location)


def _without_answer(text: str, location: str) -> Complaint:
    """Where nothing came back that is S3."""
    if "dns error" in text or "failed to lookup" in text or "name or service" in text:
        what = "The name of the endpoint is not known. Mend it, or look at this machine's DNS."
    elif "certificate" in text or "tls" in text or "ssl" in text:
        what = "No secure connection to the endpoint can be made: look at its certificate, and at https or http."
    elif "connection refused" in text or "connect error" in text or "tcp connect" in text:
        what = "Nothing answers at the endpoint. Is the storage running, and are host and port right?"
    elif "timed out" in text or "timeout" in text:
        what = "The endpoint does not answer in time. Look at the network and at the storage."
    else:
        what = "The endpoint does not answer as an object storage does. Look at the address and at the storage."
    return Complaint("volume.unreachable", f"{what} ({location})", "endpoint")
