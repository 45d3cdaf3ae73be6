"""Secrets never reach a log or an answer: what may hold one goes through here first."""

import re

_URL_CREDENTIALS = re.compile(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*://)[^/?#\s\"'<>]*@")
_SECRET_PAIR = re.compile(
    r"(?i)(?P<key>\b(?:pass(?:word|wd|phrase)?|pwd|secret|token|key|api[_-]?key|auth|access_token|response|nonce)=)"
    r"(?P<quote>[\"']?)[^&\s\"',;]+"
)
_AUTHORIZATION = re.compile(r"(?im)(?P<key>\b(?:proxy-)?authorization\s*[:=]\s*[\"']?)(?P<scheme>\w+)?[^\r\n]*")

MASK = "***"


def redact(text: str) -> str:
    """`text` without the credentials of URLs, secret parameters and authorization headers."""
    text = _AUTHORIZATION.sub(lambda found: f"{found['key']}{found['scheme'] or ''} {MASK}", text)
    text = _URL_CREDENTIALS.sub(rf"\g<scheme>{MASK}@", text)
    return _SECRET_PAIR.sub(rf"\g<key>\g<quote>{MASK}", text)
