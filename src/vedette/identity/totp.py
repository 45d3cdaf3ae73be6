"""The second factor: time-based codes (RFC 6238), and recovery codes that stand in for a lost device."""

import hashlib
import hmac
import secrets
from base64 import b32encode

import pyotp

STEP_S = 30
_DRIFT_STEPS = 1
RECOVERY_CODES = 10
_RECOVERY_BYTES = 10


def new_secret() -> str:
    """160 random bits in base32, as authenticator apps take them."""
    return pyotp.random_base32()


def uri(secret: str, username: str) -> str:
    """The `otpauth:` address that a QR code carries."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Vedette")


def accepted_step(secret: str, code: str, now_ms: int, last_step: int | None) -> int | None:
    """The time step of a good code, None for a wrong one. One step of drift is forgiven on both sides; a step that was
    taken before, or one before it, is not taken again."""
    now = now_ms // 1000 // STEP_S
    codes = pyotp.TOTP(secret)
    found = None
    for step in range(max(now - _DRIFT_STEPS, 0), now + _DRIFT_STEPS + 1):
        right = hmac.compare_digest(codes.generate_otp(step).encode(), code.encode())
        if right and (last_step is None or step > last_step):
            found = step
    return found


def is_code(text: str) -> bool:
    """Whether it looks like a code of an app and not like a recovery code."""
    return len(text) == 6 and text.isascii() and text.isdigit()


def new_recovery_codes() -> list[str]:
    """Fresh codes for a person to print: 80 bits each, in groups of four."""
    return [_grouped(b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower()) for _ in range(RECOVERY_CODES)]


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code; blanks, hyphens and case do not matter."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
