"""XML from strangers: no DTD, no entities of its own, bounded in size, depth and number."""

from collections.abc import Iterator
from typing import BinaryIO

from conference.refusing import Refused


class XmlRefused(Refused):
    """The place is "Zeile 12"."""


class Node:
    """An element. `tag` and the names of attributes come without namespace; `namespace` keeps the element's.

    `text` is what stands before the first child, `tail` what follows the element inside its parent. Comments and
    processing instructions are dropped.
    """

    __slots__ = ("attributes", "children", "line", "namespace", "tag", "tail", "text")

    def find(self, tag: str) -> "Node | None":
        """The first child of that name."""

    def find_all(self, tag: str) -> "list[Node]":
        """Every child of that name, in order."""

    def walk(self) -> "Iterator[Node]":
        """This element and everything below, in the order of the file."""

    def text_of(self, tag: str, default: str = "") -> str:
        """All text of the first child of that name, without blanks at its ends; `default` if there is none."""

    def all_text(self) -> str:
        """All text inside, markup dropped."""

    def markup(self) -> str:
        """What is inside, as HTML: text as it is if there are no elements, else with elements written out."""


def parse(source: bytes | BinaryIO, most_bytes: int = 20_000_000, most_nodes: int = 200_000) -> Node:
    """The root element. Raises XmlRefused, with the line. Reads a file piece by piece and leaves it open."""
    raise NotImplementedError
