"""HTML as reStructuredText: paragraphs, headings, lists, emphasis and links."""

import re
from html.parser import HTMLParser

_SPECIAL = re.compile(r"([\\*`|]|_(?=\W|$))")
_BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "blockquote",
    "pre",
    "table",
    "tr",
    "dl",
    "dd",
    "dt",
}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SILENT = {"script", "style"}


def html_as_rest(text: str) -> str:
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.written()


class _Parser(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self._blocks, self._now = [], []
        self._item = self._href = self._mark = ""
        self._link_from = self._mark_from = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list):
        if tag in _SILENT:
            self._silent += 1
        elif tag == "li":
            self._end_block()
            self._item = "* "
        elif tag in _BLOCKS:
            # The paragraph inside an item is the item.
            if self._now or tag != "p":
                self._end_block()
        elif tag == "br":
            self._now.append(" ")
        elif tag in _MARKS and not self._href and not self._mark:
            self._mark, self._mark_from = tag, len(self._now)
        elif tag == "a":
            self._href = next((value or "" for name, value in attrs if name == "href"), "")
            self._link_from = len(self._now)

    def handle_endtag(self, tag: str):
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS or tag == "li":
            self._end_block()
        elif tag == self._mark:
            self._end_mark()
        elif tag == "a" and self._href:
            label = "".join(self._now[self._link_from :]).strip()
            href, self._href = self._href, ""
            if href.startswith(("http://", "https://", "mailto:")) and "<" not in href and ">" not in href:
                plain = label.replace("\\", "").replace("<", "(").replace(">", ")").replace("`", "'")
                self._now[self._link_from :] = [href if plain in {"", href} else f"`{plain} <{href}>`__"]

    def _end_mark(self):
        """Markup does not nest, and needs a word at each end."""
        inside, mark = "".join(self._now[self._mark_from :]), _MARKS[self._mark]
        self._mark = ""
        words = inside.strip()
        if words and "`" not in words:
            before, after = inside[: inside.index(words)], inside[inside.index(words) + len(words) :]
            self._now[self._mark_from :] = [f"{before}{mark}{words}{mark}{after}"]

    def handle_data(self, data: str):
        if not self._silent:
            self._now.append(_SPECIAL.sub(r"\\\1", data))

    def _end_block(self):
        words = " ".join("".join(self._now).split())
        if words:
            self._blocks.append((self._item, words))
        if words or not self._now:
            self._item = "" if words else self._item
        self._now, self._href, self._mark = [], "", ""

    def written(self) -> str:
        self._end_block()
        lines: list[str] = []
        previous = ""
        for item, words in self._blocks:
            if lines and not (item and previous):
                lines.append("")
            lines.append(item + words)
            previous = item
        return "\n".join(lines)
