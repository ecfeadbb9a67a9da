"""Cells that a spreadsheet would read as a formula, made harmless so that it can be undone exactly."""

import re

# What starts a formula, plain or full-width, also behind blanks, quotes and marks that cannot be seen.
_QUOTES = r"\"'`\u00b4\u2018\u2019\u201c-\u201e\u00ab\u00bb"
_UNSEEN = r"\s\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]"
_FORMULA = re.compile(rf"[{_QUOTES}{_UNSEEN}]*{_SIGNS}|[\t\r\n]")


def disarm(text: str) -> str:
    """With an apostrophe in front if a spreadsheet would calculate it, or if it has one already."""
    return f"'{text}" if _is_risky(text) else text


def rearm(text: str) -> str:
    """The text that `disarm` was given: `rearm(disarm(text)) == text` for every text."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    if text[:1].isalnum():
        return False
    return text.startswith("'") or _FORMULA.match(text) is not None
