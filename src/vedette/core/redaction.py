"""Secrets never reach a log or an answer: what may hold one goes through here first."""

import re
from collections.abc import Callable

_URL_CREDENTIALS = re.compile(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#\s\"'<>]*@")
# An underscore may stand in front: some recorders are addressed as /user=admin_password=...
_PARAMETERS = (
    r"(?<![a-z0-9])"
    r"(?:pass(?:word|wd|phrase)?|pwd|secret|token|ticket|key|api[_-]?key|auth|access_token|response|nonce)="
)
_SECRET_PAIR = re.compile(rf"(?i)(?P<key>{_PARAMETERS})(?P<quote>[\"']?)[^&\s\"',;]+")
_URL_PARAMETER = re.compile(rf"(?i)(?P<key>{_PARAMETERS})(?P<value>[^&\s;]+)")
# The scheme stays (`Basic ***`), but a word alone is the secret itself. In JSON and Python the name is quoted.
_HEADER = re.compile(
    r"(?im)(?P<key>\b(?:(?:proxy-)?authorization|(?:set-)?cookie|x-api-key)[\"']?\s*[:=]\s*[\"']?)"
    r"(?P<scheme>\w+(?=[ \t]+\S))?[^\r\n]*"
)
_SHARE_LINK = re.compile(r"(?P<path>/share/)[0-9A-Za-z_-]{20,}")
_API_TOKEN = re.compile(r"\bvdt_[0-9A-Za-z]{6,}")

MASK = "***"


def redact(text: str) -> str:
    """`text` without the credentials of URLs, secret parameters, tokens, links and headers that carry secrets."""
    text = _HEADER.sub(lambda found: f"{found['key']}{found['scheme'] or ''} {MASK}", text)
    text = _URL_CREDENTIALS.sub(rf"\g<scheme>{MASK}@", text)
    text = _API_TOKEN.sub(f"vdt_{MASK}", text)
    text = _SHARE_LINK.sub(rf"\g<path>{MASK}", text)
    return _SECRET_PAIR.sub(rf"\g<key>\g<quote>{MASK}", text)


def change_secret_parameters(url: str, change: Callable[[str], str]) -> str:
    """`url` with each secret parameter, as `redact` would mask it, replaced by what `change` makes of its value."""
    return _URL_PARAMETER.sub(lambda found: found["key"] + change(found["value"]), url)
