"""Whether pages may read in a bucket: what a browser asks before (CORS preflight; Fetch standard, section 3.3)."""

import httpx

from vedette.storage.s3.address import BucketAddress
from vedette.storage.volumes import MARKER


async def lets_pages(address: BucketAddress, origin: str) -> bool:
    """Whether the bucket lets pages of `origin` (scheme, host, port) get ranges of objects. False, too, where it does
    not answer."""
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "range",
    }
    url = address.origin + address.url_path(address.key(MARKER))
    try:
        async with httpx.AsyncClient(timeout=address.timeout_s, trust_env=False) as client:
            answer = await client.options(url, headers=asked)
    except httpx.HTTPError:
        return False
    allowed = answer.headers.get("access-control-allow-origin", "")
    named = answer.headers.get("access-control-allow-headers", "").lower().replace(" ", "").split(",")
    return answer.is_success and allowed in (origin, "*") and ("range" in named or "*" in named)
