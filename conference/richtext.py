"""What editors may write in long texts, reduced to what is safe. The one list of what is allowed stands here."""

import html
import re

import nh3
from django_prose_editor.fields import ProseEditorField

# The editor offers exactly what the cleaning below keeps.
EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "NoSpellCheck": False,
}
ALLOWED_TAGS = {"p", "h3", "h4", "strong", "em", "ul", "ol", "li", "blockquote", "a", "br"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}
# What other programs write for the same thing. Table cells become paragraphs, so that their words do not run together.
REPLACED_TAGS = {
    "b": "strong",
    "i": "em",
    "h1": "h3",
    "h2": "h3",
    "h5": "h4",
    "h6": "h4",
    "div": "p",
    "td": "p",
    "th": "p",
}
_REMOVED_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"}
_BLOCKS = ("p", "h3", "h4", "ul", "ol", "li", "blockquote")
_SPACE = r"(?:\s|&nbsp;|<br>)"
_BULLET = rf"[·•▪‣◦●○■□➢✓]{_SPACE}+"
_REPLACED = re.compile(rf"<(/?)({'|'.join(REPLACED_TAGS)})>")
_HAS_BLOCK = re.compile(rf"<(?:{'|'.join(_BLOCKS)})>")
_BULLET_RUN = re.compile(rf"(?:<p>{_SPACE}*{_BULLET}(?:(?!</p>).)*</p>\s*)+", re.DOTALL)
_BULLET_PARAGRAPH = re.compile(rf"<p>{_SPACE}*{_BULLET}((?:(?!</p>).)*)</p>\s*", re.DOTALL)
_IS_SPACE = re.compile(_SPACE)
_TOKEN = re.compile(rf"<(/?)(p|h3|h4|li|ul|ol|blockquote|strong|em)>|({_SPACE})|<?[^<\s&]*&?")
_BREAK_AT_EDGE = re.compile(rf"(<(?:p|h3|h4|li)>)(?:{_SPACE})+|(?:{_SPACE})+(</(?:p|h3|h4|li)>)")
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|ul|ol|blockquote|div|td|th|tr|table)\s*>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_MARKUP = re.compile(r"<[^<>]*>|<")
_NEVER_NESTED = {"p", "li", "dt", "dd", "tr", "td", "th", "br", "hr", "img", "wbr", "meta", "link", "input", "col"}
_DEEPEST = 300
_ROUNDS = 8


class RichTextField(ProseEditorField):
    """A text with paragraphs, headings, lists and links; safe HTML by the time it is stored, whoever stores it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs["extensions"] = EDITOR_EXTENSIONS
        kwargs["sanitize"] = clean_html
        super().__init__(*args, **kwargs)

    def clean(self, value, instance):
        return super().clean(clean_html(value or ""), instance)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        # `update()` and `bulk_update()` come this way only.
        return super().get_db_prep_save(clean_html(value) if isinstance(value, str) else value, connection)


def clean_html(text: str) -> str:
    """The text reduced to what is allowed. Cleaning twice changes nothing; nothing but markup is lost.

    What Word, mail programs and old pages write is mapped to its plain equivalent; paragraphs that merely begin
    with a bullet become a list; text without any paragraph gets its paragraphs from its blank lines.
    """
    text = _shallow(text.replace("\x00", ""))
    if not text.strip():
        return ""
    for _round in range(_ROUNDS):
        previous, text = text, _clean_once(text)
        if text == previous:
            return text
    return f"<p>{html.escape(plain_text(text), quote=False)}</p>"


def _shallow(text: str) -> str:
    """Without any markup where elements lie in each other as in no text: parsers take minutes for that."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _NEVER_NESTED:
            depth += -1 if tag[1] and depth else not tag[1]
            deepest = max(depth, deepest)
    return text if deepest <= _DEEPEST else _MARKUP.sub(" ", text)


def _clean_once(text: str) -> str:
    text = _sanitize(text, ALLOWED_TAGS | set(REPLACED_TAGS))
    text = _REPLACED.sub(lambda match: f"<{match[1]}{REPLACED_TAGS[match[2]]}>", text)
    if not _HAS_BLOCK.search(text):
        text = "".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    text = _BULLET_RUN.sub(_to_list, text)
    text = _sanitize(text, ALLOWED_TAGS)
    text = _BREAK_AT_EDGE.sub(lambda match: match[1] or match[2], text)
    return _without_empty(text).strip()


def _without_empty(text: str) -> str:
    """Elements with nothing in them but space are dropped, and then those that held nothing else.

    In one pass: a text of nothing but `<b>` has to end, too.
    """
    kept: list[str] = []
    for token in _TOKEN.finditer(text):
        if token[1]:
            start = len(kept)
            while start and _IS_SPACE.fullmatch(kept[start - 1]):
                start -= 1
            if start and kept[start - 1] == f"<{token[2]}>":
                del kept[start - 1 :]
                continue
        kept.append(token[0])
    return "".join(kept)


def _to_list(run: re.Match) -> str:
    items = "".join(f"<li><p>{item[1].strip()}</p></li>" for item in _BULLET_PARAGRAPH.finditer(run[0]))
    return f"<ul>{items}</ul>"


def _sanitize(text: str, tags: set[str]) -> str:
    # A new sanitiser each time: one shared between threads was seen to fail.
    return nh3.clean(
        text,
        tags=tags,
        attributes=ALLOWED_ATTRIBUTES,
        clean_content_tags=_REMOVED_WITH_CONTENT,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener",
    )


def plain_text(text: str) -> str:
    """The words alone, a line for each paragraph: for search, exports and page descriptions."""
    text = nh3.clean(_BLOCK_END.sub("\n", _shallow(text or "")), tags=set(), clean_content_tags=_REMOVED_WITH_CONTENT)
    text = html.unescape(text).replace("\xad", "")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
