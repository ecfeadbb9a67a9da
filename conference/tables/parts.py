"""The XML parts inside XLSX and ODS: read as a stream, element by element, and counted."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from conference.refusing import counted
from conference.tables.book import TableRefused
from conference.tables.limits import LARGEST_FILE, LARGEST_UNPACKED, LONGEST_CELL, MOST_ELEMENTS, too_long
from conference.xml_reading import DEEPEST, feed, hardened_parser
from conference.zip_reading import Archive, Limits

LIMITS = Limits(
    packed=LARGEST_FILE, entries=2_000, unpacked=LARGEST_UNPACKED, one_unpacked=LARGEST_UNPACKED, ratio=2_000
)


class Elements:
    """How many elements the parts of one file may still have, together."""

    __slots__ = ("left",)

    def __init__(self):
        self.left = MOST_ELEMENTS

    def refuse(self, depth: int):
        if depth > DEEPEST:
            raise TableRefused(_("Elemente sind tiefer als %(most)s Ebenen verschachtelt.") % {"most": DEEPEST})
        sentence = _("Die Datei hat mehr als %(most)s Elemente (auch leere Zellen zählen).")
        raise TableRefused(sentence % {"most": counted(MOST_ELEMENTS)})


class Part:
    """One part. `begins` and `ends` say what to do at which element; text is kept while `is_reading`."""

    def __init__(self, elements: Elements):
        self.elements = elements
        self.begins: dict[str, Callable[[dict[str, str]], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.is_reading = False
        self._texts: list[str] = []
        self._length = 0

    def read(self, archive: Archive, name: str):
        parser = hardened_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._handlers()
        parser.CharacterDataHandler = self._keep
        with archive.opened(name) as stream:
            feed(parser, stream, LARGEST_UNPACKED, part=name)

    def place(self) -> str:
        """Where reading is, in the words of a spreadsheet."""
        return ""

    def add(self, text: str):
        self._length += len(text)
        if self._length > LONGEST_CELL:
            raise too_long(self.place())
        self._texts.append(text)

    def taken(self) -> str:
        """The text kept since this was last asked."""
        text = "".join(self._texts)
        self._texts, self._length = [], 0
        return text

    def _keep(self, text: str):
        if self.is_reading:
            self.add(text)

    def _handlers(self):
        """As short as can be: they are called a million times."""
        elements, begins, ends = self.elements, _ByName(self.begins), _ByName(self.ends)
        depth = 0

        def begin(name: str, attributes: dict[str, str]):
            nonlocal depth
            depth += 1
            elements.left -= 1
            if elements.left < 0 or depth > DEEPEST:
                elements.refuse(depth)
            act = begins[name]
            if act:
                act(attributes)

        def end(name: str):
            nonlocal depth
            depth -= 1
            act = ends[name]
            if act:
                act()

        return begin, end


class _ByName(dict):
    """What to do, by the name with its namespace."""

    def __init__(self, known: dict[str, Callable]):
        self._known = known

    def __missing__(self, name: str) -> Callable | None:
        self[name] = self._known.get(name.rpartition(" ")[2])
        return self[name]


def local(attributes: dict[str, str], name: str) -> str:
    """The attribute of that name, whatever its namespace."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")
