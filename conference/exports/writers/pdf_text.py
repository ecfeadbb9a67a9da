"""Text for the PDF: our font, lines of a width."""

import functools
import re
import unicodedata
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
PLAIN, BOLD = "Sofia-Sans", "Sofia-Sans-Bold"
MISSING = "□"
# Blanks of all kinds, and signs that are not seen: they join others or give a direction.
_BLANK = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c]")


@functools.cache
def _letters(font: str) -> dict[int, float]:
    """The width of every sign the font has, in thousandths of its size. Registers the font, once a process."""
    for name, weight in ((PLAIN, 400), (BOLD, 700)):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"sofia-sans-{weight}.ttf"))
    face = pdfmetrics.getFont(font).face
    return {code: face.charWidths[code] for code in face.charToGlyph}


def printable(text: str, font: str = PLAIN) -> str:
    """Signs the font lacks become a box each; lines end with a line feed alone."""
    letters = _letters(font)
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", _LINE_END.sub("\n", text)))
    text = _BLANK.sub(" ", text)
    return "".join([sign if ord(sign) in letters or sign == "\n" else MISSING for sign in text])


def width_of(text: str, font: str, size: float) -> float:
    letters = _letters(font)
    return sum([letters[ord(sign)] for sign in text]) * size / 1000


def wrapped(text: str, width: float, font: str, size: float) -> list[str]:
    """Lines no wider than `width`. A word that is wider is cut."""
    lines = []
    for paragraph in printable(text, font).split("\n"):
        line, room = "", width
        for word in paragraph.split(" "):
            needed = width_of(f" {word}" if line else word, font, size)
            if needed <= room:
                line = f"{line} {word}" if line else word
                room -= needed
                continue
            if line:
                lines.append(line)
            *whole, line = _cut(word, width, font, size)
            lines += whole
            room = width - width_of(line, font, size)
        lines.append(line)
    return lines


def _cut(word: str, width: float, font: str, size: float) -> list[str]:
    pieces, piece = [], ""
    for sign in word:
        if piece and width_of(piece + sign, font, size) > width:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]
