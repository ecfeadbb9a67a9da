"""What stands inside a cue: WebVTT markup to plain words and the names of who says them, and words to markup."""

import html
import re
import unicodedata
from typing import NamedTuple

# Possessive, so that a thousand opened and never closed tags cost one pass.
TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*+|/|\.[^<>]*+|[0-9:.]++)>")
VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?[ \t\n]([^<>]*+)>")
# With a semicolon only, so that "R&D" stays; short, so that no number is too long to read.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMON = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0"}
_LINE_END = re.compile(r"\r\n|[\r\n]")
# What no text has, and neither XML nor every database takes. Tab and line ends are text.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Signs nobody sees; they would tear words apart that somebody searches for.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


class Spoken(NamedTuple):
    """The words of a cue; `speaker` is empty when nobody is named, or when several share the cue."""

    speaker: str
    text: str
    voices: tuple[str, ...]


def spoken(payload: str) -> Spoken:
    """Tags stripped, entities decoded, white space single. Of several voices, each is named in the text."""
    names = [plain(name) for name in VOICE.findall(payload)] if "<v" in payload else []
    voices = tuple(dict.fromkeys(name for name in names if name))
    if len(voices) > 1:
        payload = VOICE.sub(lambda voice: f"{voice[1]}: ", payload)
    return Spoken(voices[0] if len(voices) == 1 else "", plain(payload), voices)


def plain(payload: str) -> str:
    return one_line(decode_entities(TAG.sub("", payload)))


def one_line(text: str) -> str:
    """Single spaces, composed letters, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


def _decoded(entity: re.Match) -> str:
    return _COMMON.get(entity[0]) or html.unescape(entity[0])


def decode_entities(text: str) -> str:
    return _ENTITY.sub(_decoded, text) if "&" in text else text


def lines_of(payload: str) -> list[str]:
    """The lines as they are shown."""
    return [plain(line) for line in payload.split("\n")]


def has_loose_sign(payload: str) -> bool:
    """Whether a "<" begins no tag: we read it as a sign, browsers would swallow what follows."""
    return "<" in payload and "<" in TAG.sub("", payload)


def has_tags(payload: str) -> bool:
    return TAG.search(payload) is not None


def has_control_signs(text: str) -> bool:
    return CONTROL.search(text) is not None


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def written(payload: str) -> str:
    """The payload as it may stand in a file: no blank line, which would end the cue, and no arrow, which starts one."""
    lines = (line for line in _LINE_END.split(payload.replace("\0", "")) if line.strip(" \t"))
    return "\n".join(lines).replace("-->", "--&gt;")


def voiced(speaker: str, text: str) -> str:
    """A payload for words somebody typed."""
    name = escape(one_line(speaker))
    return f"<v {name}>{escape(text)}" if name else escape(text)
