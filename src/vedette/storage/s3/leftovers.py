"""Uploads in parts that a killed process left in a bucket: they take space that no listing shows.

obstore can't end those of others, so these two requests of the S3 API (ListMultipartUploads, AbortMultipartUpload) are
made here.
"""

import re
from xml.sax.saxutils import unescape

import httpx

from vedette.core.errors import ErrorKind, VedetteError
from vedette.storage.s3.address import BucketAddress
from vedette.storage.s3.complaints import complaint
from vedette.storage.s3.signing import presigned

_UPLOAD = re.compile(r"<Upload>(.*?)</Upload>", re.DOTALL)
_KEY = re.compile(r"<Key>(.*?)</Key>", re.DOTALL)
_ID = re.compile(r"<UploadId>(.*?)</UploadId>", re.DOTALL)
_VALID_S = 60


async def abort(address: BucketAddress, key: str, now_ms: int) -> int:
    """Ends the uploads of this key, and says how many. Raises VedetteError."""
    async with httpx.AsyncClient(timeout=address.timeout_s, trust_env=False) as client:
        listing = presigned(address, "GET", "", now_ms=now_ms, valid_s=_VALID_S, query={"uploads": "", "prefix": key})
        found = uploads((await _asked(client, "GET", listing, address)).text, key)
        for upload in found:
            url = presigned(address, "DELETE", key, now_ms=now_ms, valid_s=_VALID_S, query={"uploadId": upload})
            await _asked(client, "DELETE", url, address)
    return len(found)


def uploads(xml: str, key: str) -> list[str]:
    """The ids of the uploads of this key in an answer of ListMultipartUploads. Pure."""
    found = []
    for upload in _UPLOAD.findall(xml):
        named, identified = _KEY.search(upload), _ID.search(upload)
        if named and identified and unescape(named[1]) == key:
            found.append(unescape(identified[1]))
    return found


async def _asked(client: httpx.AsyncClient, method: str, url: str, address: BucketAddress) -> httpx.Response:
    try:
        answer = await client.request(method, url)
    except httpx.HTTPError as error:
        told = complaint(repr(error), address.location, address.bucket)
        raise VedetteError(ErrorKind.UNAVAILABLE, told.code, told.message) from None
    if answer.is_success or (method == "DELETE" and answer.status_code == 404):
        return answer
    told = complaint(answer.text, address.location, address.bucket, answer.status_code)
    raise VedetteError(ErrorKind.UNAVAILABLE, told.code, told.message)
