"""The XML parts inside XLSX and ODS: read as a stream, element by element, and counted."""

from django.utils.translation import gettext as _

from conference.refusing import counted
from conference.tables.book import TableRefused
from conference.tables.limits import LARGEST_FILE, LARGEST_UNPACKED, LONGEST_CELL, MOST_ELEMENTS, too_long
from conference.xml_reading import feed, hardened_parser
from conference.zip_reading import Archive, Limits

LIMITS = Limits(
    packed=LARGEST_FILE, entries=2_000, unpacked=LARGEST_UNPACKED, one_unpacked=LARGEST_UNPACKED, ratio=2_000
)


class Elements:
    """How many elements the parts of one file may still have, together."""

    def __init__(self):
        self.left = MOST_ELEMENTS

    def refuse(self):
        sentence = _("Die Datei hat mehr als %(most)s Elemente (auch leere Zellen zählen).")
        raise TableRefused(sentence % {"most": counted(MOST_ELEMENTS)})


class Part:
    """One part. `begin` and `end` are called with names as `named` gives them; text is kept while `is_reading`."""

    def __init__(self, elements: Elements):
        self.elements = elements
        self.is_reading = False
        self._texts: list[str] = []
        self._length = 0

    def read(self, archive: Archive, name: str):
        parser = hardened_parser()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._keep
        with archive.opened(name) as stream:
            feed(parser, stream, LARGEST_UNPACKED, part=name)

    def begin(self, tag: str, attributes: dict[str, str]):
        raise NotImplementedError

    def end(self, tag: str):
        """Nothing, unless there is something to do."""

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

    def _begin(self, name: str, attributes: dict[str, str]):
        self.elements.left -= 1
        if self.elements.left < 0:
            self.elements.refuse()
        self.begin(name.rpartition(" ")[2], attributes)

    def _end(self, name: str):
        self.end(name.rpartition(" ")[2])

    def _keep(self, text: str):
        if self.is_reading:
            self.add(text)


def local(attributes: dict[str, str], name: str) -> str:
    """The attribute of that name, whatever its namespace."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")
