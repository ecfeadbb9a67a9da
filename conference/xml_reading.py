"""XML from strangers: no DTD, no entities of its own, bounded in size, depth and number."""

import codecs
import html
import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from conference.refusing import Refused, at_line, counted

PIECE = 65_536
# The schedule of a congress with 1,500 talks has 8 MB and 90,000 elements.
MOST_BYTES = 20_000_000
MOST_NODES = 200_000
# A programme nests ten deep, the HTML in it some more.
DEEPEST = 100
# What lies between "<" and ">", a comment too: expat keeps it whole before anybody can refuse it.
LONGEST_TAG = 500_000
LONGEST_TEXT = 1_000_000
# expat remembers every name it meets; formats have some hundred.
MOST_NAMES = 5_000

_NOTHING: Mapping[str, str] = MappingProxyType({})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_EMPTY = _lazy("Die Datei ist leer, oder sie ist kein XML.")
_ENDS_EARLY = _lazy("Die Datei ist unvollständig: Sie bricht hier ab.")
_CODING = _lazy("Die Zeichenkodierung, die die Datei nennt, gibt es nicht, oder sie stimmt nicht.")
# By the numbers expat gives its errors, in its manual and in every version of it; None: no error of expat's.
_SENTENCES = {
    None: _CODING,
    3: _ENDS_EARLY,
    4: _lazy("Hier steht ein Zeichen, das in XML nicht erlaubt ist, oder die Zeichenkodierung stimmt nicht."),
    5: _ENDS_EARLY,
    6: _ENDS_EARLY,
    7: _lazy("Hier endet ein Element, das nicht begonnen wurde, oder ein begonnenes endet nicht."),
    11: _lazy("Hier steht ein Zeichenkürzel („&…;“), das XML nicht kennt."),
    13: _ENDS_EARLY,
    18: _CODING,
    19: _CODING,
    20: _ENDS_EARLY,
}


class XmlRefused(Refused):
    """The place is "Zeile 12", behind the name of a part where there are several."""


class Node:
    """An element. `tag` and the names of attributes come without namespace; `namespace` keeps the element's.

    `text` is what stands before the first child, `tail` what follows the element inside its parent. Comments and
    processing instructions are dropped.
    """

    __slots__ = ("attributes", "children", "line", "namespace", "tag", "tail", "text")

    def __init__(self, name: str, attributes: Mapping[str, str], line: int):
        self.namespace, _separator, self.tag = name.rpartition(" ")
        self.attributes, self.line = attributes, line
        self.children: list[Node] | tuple[()] = ()
        self.text = self.tail = ""

    def __repr__(self):
        return f"<{self.tag}> in line {self.line}"

    def find(self, tag: str) -> "Node | None":
        """The first child of that name."""
        return next((child for child in self.children if child.tag == tag), None)

    def find_all(self, tag: str) -> "list[Node]":
        """Every child of that name, in order."""
        return [child for child in self.children if child.tag == tag]

    def walk(self) -> "Iterator[Node]":
        """This element and everything below, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def text_of(self, tag: str, default: str = "") -> str:
        """All text of the first child of that name, without blanks at its ends; `default` if there is none."""
        child = self.find(tag)
        return child.all_text().strip() or default if child is not None else default

    def all_text(self) -> str:
        """All text inside, markup dropped."""
        return self.text + "".join(child.all_text() + child.tail for child in self.children)

    def markup(self) -> str:
        """What is inside, as HTML: text as it is if there are no elements, else with the elements written out."""
        if not self.children:
            return self.text
        inside = (f"{child._written()}{html.escape(child.tail, quote=False)}" for child in self.children)
        return html.escape(self.text, quote=False) + "".join(inside)

    def _written(self) -> str:
        start = "".join([self.tag, *(f' {name}="{html.escape(value)}"' for name, value in self.attributes.items())])
        if self.tag in _VOID:
            return f"<{start}>"
        inside = self.markup() if self.children else html.escape(self.text, quote=False)
        return f"<{start}>{inside}</{self.tag}>"


def parse(source: bytes | BinaryIO, most_bytes: int = MOST_BYTES, most_nodes: int = MOST_NODES) -> Node:
    """The root element. Raises XmlRefused, with the line. Reads a file piece by piece and leaves it open.

    Blanks before the first "<" are forgiven. Text as a programme would read it: line ends are \\n.
    """
    tree = _Tree(most_nodes)
    feed(tree.parser, io.BytesIO(source) if isinstance(source, bytes) else source, most_bytes)
    return tree.root


def hardened_parser():
    """An expat parser that refuses every DTD, and with it every entity. Names are "namespace local"."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text, parser.buffer_size = True, PIECE
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_declaration):
        sentence = _("Die Datei enthält eine DTD („<!DOCTYPE …“). So etwas wird aus Sicherheitsgründen nicht gelesen.")
        raise XmlRefused(sentence, at_line(parser.CurrentLineNumber))

    parser.StartDoctypeDeclHandler = refuse
    parser.StartNamespaceDeclHandler = lambda _prefix, _namespace: None  # so that these names are counted, too
    return parser


def feed(parser, source: BinaryIO, most_bytes: int, part: str = ""):
    """Let `parser` read all of `source`. `part` is named in front of the line. Raises XmlRefused."""
    fed = 0
    try:
        while piece := source.read(PIECE):
            piece = piece if fed else _beginning(piece)
            fed += len(piece)
            parser.Parse(piece, False)
            if len(parser.intern) > MOST_NAMES:
                sentence = _("Die Datei benutzt mehr als %(most)s verschiedene Namen für Elemente und Attribute.")
                raise XmlRefused(sentence % {"most": counted(MOST_NAMES)}, at_line(parser.CurrentLineNumber))
            if fed > most_bytes:
                raise XmlRefused(
                    _("Die Datei ist größer als %(most)s MB.") % {"most": counted(most_bytes // 1_000_000)}
                )
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                sentence = _("Hier beginnt ein Element oder ein Kommentar, der länger ist als %(most)s Zeichen.")
                raise XmlRefused(sentence % {"most": counted(LONGEST_TAG)}, at_line(parser.CurrentLineNumber))
        parser.Parse(b"", True)
    except XmlRefused as refused:
        raise XmlRefused(refused.sentence, ", ".join(filter(None, (part, refused.place)))) from refused
    except (expat.ExpatError, ValueError, LookupError) as error:
        place = ", ".join(filter(None, (part, at_line(parser.ErrorLineNumber))))
        raise XmlRefused(_why(error) if fed else _EMPTY, place if fed else part) from error


def _beginning(piece: bytes) -> bytes:
    """Blanks before the declaration are a common slip: they move behind it, so that lines still count right."""
    start = piece.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    if not start.startswith((b"<", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise XmlRefused(_EMPTY)
    declaration, end, rest = start.partition(b"?>")
    if not (declaration.startswith(b"<?xml") and end):
        return piece
    return declaration + end + b"\n" * (piece.count(b"\n") - start.count(b"\n")) + rest


class _Tree:
    """Builds nodes while expat reads."""

    def __init__(self, most_nodes: int):
        self.parser = hardened_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._read
        self.root: Node | None = None
        self._open: list[Node] = []
        self._text: list[str] = []
        self._length, self._count, self._most = 0, 0, most_nodes

    def _start(self, name: str, attributes: dict[str, str]):
        self._keep_text()
        self._count += 1 + len(attributes)
        line = self.parser.CurrentLineNumber
        if self._count > self._most:
            sentence = _("Die Datei hat mehr als %(most)s Elemente und Attribute.")
            raise XmlRefused(sentence % {"most": counted(self._most)}, at_line(line))
        if len(self._open) >= DEEPEST:
            raise XmlRefused(
                _("Elemente sind tiefer als %(most)s Ebenen verschachtelt.") % {"most": DEEPEST}, at_line(line)
            )
        node = Node(name, _local(attributes) if attributes else _NOTHING, line)
        if self._open:
            parent = self._open[-1]
            parent.children = parent.children or []
            parent.children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str):
        self._keep_text()
        self._open.pop()

    def _read(self, text: str):
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            sentence = _("Ein Text ist länger als %(most)s Zeichen.") % {"most": counted(LONGEST_TEXT)}
            raise XmlRefused(sentence, at_line(self._open[-1].line))
        self._text.append(text)

    def _keep_text(self):
        if self._text and self._open:
            parent, text = self._open[-1], "".join(self._text)
            if parent.children:
                parent.children[-1].tail = text
            else:
                parent.text = text
        self._text, self._length = [], 0


def _local(attributes: dict[str, str]) -> dict[str, str]:
    """Without namespaces; where two would have one name, the one that had none stays."""
    plain = {name: value for name, value in attributes.items() if " " not in name}
    if len(plain) == len(attributes):
        return attributes
    return {name.rpartition(" ")[2]: value for name, value in attributes.items()} | plain


def _why(error: Exception) -> str:
    code = getattr(error, "code", None)
    if code in _SENTENCES:
        return _SENTENCES[code]
    return _("Das ist kein gültiges XML (%(reason)s).") % {"reason": expat.ErrorString(code)}
