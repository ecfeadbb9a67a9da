"""Long texts of files as HTML: HTML stays as it is, plain text and reStructuredText get paragraphs, lists."""

import html
import re

_TAG = re.compile(
    r"</?(?:p|br|ul|ol|li|a|b|i|u|s|strong|em|h[1-6]|div|span|pre|code|blockquote|img|table|tr|td|hr|sup|sub|dl|dt|dd)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_BULLET = re.compile(r"[ \t]{0,8}[-*+•–][ \t]+(?=\S)")
_NUMBERED = re.compile(r"[ \t]{0,8}(?:\d{1,3}|#)[.)][ \t]+(?=\S)")
_ADORNMENT = re.compile(r"([=\-~`'\"^_*+#:.<>])\1{2,}[ \t]*")
_DIRECTIVE = re.compile(r"\.\.(?:[ \t].*)?")
_TARGET = re.compile(r"\.\. _`?([^`:\n]{1,200})`?:[ \t]*(\S{1,500})[ \t]*")
# One pass over the words; none of the patterns can backtrack beyond its own line.
_INLINE = re.compile(
    r"\\(?P<escaped>[^\w\s])"
    r"|``(?P<code>[^`\n]{1,500})``"
    r"|`(?P<label>[^`<>\n]{1,300})[ \n]?<(?P<href>[^`<>\s]{1,1000})>`__?"
    r"|`(?P<name>[^`<>\n]{1,200})`_(?!\w)"
    r"|:[a-z:]{1,30}:`(?P<role>[^`\n]{1,300})`"
    r"|\*\*(?P<strong>[^*\s](?:[^*\n]{0,500}[^*\s])?)\*\*"
    r"|(?<![\w*])\*(?P<em>[^*\s](?:[^*\n]{0,500}[^*\s])?)\*(?![\w*])"
    r"|(?P<url>https?://[^\s<>\"'`|]{1,1000})"
)


def is_html(text: str) -> bool:
    return bool(_TAG.search(text))


def as_html(text: str) -> str:
    """HTML as it is; anything else as paragraphs, lists and links."""
    text = text.strip()
    if not text or is_html(text):
        return text
    return _blocks(html.unescape(text) if _ENTITY.search(text) else text, {}, is_rest=False)


def rest_as_html(text: str) -> str:
    """The common half of reStructuredText: paragraphs, headings, lists, emphasis, links. The rest stays as words."""
    text = text.strip()
    if is_html(text):
        return text
    targets = {}
    lines = []
    for line in text.splitlines():
        if match := _TARGET.fullmatch(line):
            targets[match[1].casefold()] = match[2]
        elif not _DIRECTIVE.fullmatch(line):
            lines.append(line)
    return _blocks("\n".join(lines), targets, is_rest=True)


def _blocks(text: str, targets: dict[str, str], is_rest: bool) -> str:
    found, paragraph = [], []
    for line in [*text.splitlines(), ""]:
        if line.strip() and not (is_rest and paragraph and _ADORNMENT.fullmatch(line)):
            if paragraph and _marker(line) and not _marker(paragraph[0]):
                found.append(_block(paragraph, targets, is_rest))
                paragraph = []
            paragraph.append(line)
        elif paragraph and line.strip():
            found.append(f"<h3>{_words(' '.join(paragraph).strip(), targets, is_rest)}</h3>")
            paragraph = []
        elif paragraph:
            found.append(_block(paragraph, targets, is_rest))
            paragraph = []
    return re.sub(r"</(ul|ol)><\1>", "", "".join(found))


def _marker(line: str) -> re.Match | None:
    return _BULLET.match(line) or _NUMBERED.match(line)


def _block(lines: list[str], targets: dict[str, str], is_rest: bool) -> str:
    if is_rest and len(lines) > 1 and _ADORNMENT.fullmatch(lines[0]):
        lines = lines[1:]
    if is_rest and _ADORNMENT.fullmatch(lines[0]):
        return ""
    first = _marker(lines[0])
    if not first:
        joint = "\n" if is_rest else "<br>"
        words = joint.join(_words(line.strip(), targets, is_rest) for line in _whole(lines, is_rest))
        return f"<p>{words}</p>"
    name = "ul" if _BULLET.match(lines[0]) else "ol"
    items: list[list[str]] = []
    for line in lines:
        if match := _marker(line):
            items.append([line[match.end() :].strip()])
        else:
            items[-1].append(line.strip())
    inside = "".join(f"<li><p>{_words(' '.join(item), targets, is_rest)}</p></li>" for item in items)
    return f"<{name}>{inside}</{name}>"


def _whole(lines: list[str], is_rest: bool) -> list[str]:
    """In reStructuredText a link may go over the end of a line; single lines mean nothing there."""
    return ["\n".join(line.strip() for line in lines)] if is_rest else lines


def _words(text: str, targets: dict[str, str], is_rest: bool) -> str:
    found, end = [], 0
    for match in _INLINE.finditer(text):
        kind = match.lastgroup
        if not is_rest and kind != "url":
            continue
        found.append(html.escape(text[end : match.start()], quote=False))
        found.append(_marked(match, kind, targets))
        end = match.end()
    found.append(html.escape(text[end:], quote=False))
    return "".join(found)


def _marked(match: re.Match, kind: str, targets: dict[str, str]) -> str:
    if kind == "url":
        address = match["url"].rstrip(".,;:!?*")
        if address.endswith(")") and "(" not in address:
            address = address[:-1]
        return _link(address, address) + html.escape(match["url"][len(address) :], quote=False)
    if kind == "href":
        return _link(match["href"], match["label"].strip())
    if kind == "name":
        return _link(targets.get(match["name"].casefold(), ""), match["name"])
    if kind == "escaped":
        return html.escape(match["escaped"], quote=False)
    tag = {"strong": "strong", "em": "em"}.get(kind)
    words = html.escape(match[kind], quote=False)
    return f"<{tag}>{words}</{tag}>" if tag else words


def _link(address: str, words: str) -> str:
    words = html.escape(words, quote=False)
    if not address.lower().startswith(("http://", "https://", "mailto:")):
        return words
    return f'<a href="{html.escape(address)}">{words}</a>'
