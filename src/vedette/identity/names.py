"""User names: one spelling for each. Pure."""

import unicodedata

from vedette.core.errors import invalid

LONGEST = 64


def fold(username: str) -> str:
    """The spelling that is stored and compared: `Ánna ` and `ánna` are one user. Never fails."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).casefold()).strip()
    return "".join(character for character in folded if unicodedata.category(character) not in ("Cc", "Cs"))


def new_username(username: str) -> str:
    """The folded name of a new user. Raises VedetteError `user.name`."""
    folded = fold(username)
    if not 1 <= len(folded) <= LONGEST:
        raise invalid("user.name", f"A user name has 1 to {LONGEST} characters.", field="username")
    if any(unicodedata.category(character)[0] in "CZ" or character in "/\\\"'<>:;,?#" for character in folded):
        raise invalid(
            "user.name",
            "A user name holds letters, digits and signs such as . _ - @ and no blanks.",
            field="username",
        )
    return folded
