"""XML from plain words, whatever signs somebody has typed."""

import re
from xml.etree import ElementTree

# What XML 1.0 cannot hold, not even escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root_element(name: str, namespaces: dict[str, str] | None = None, **attributes: str) -> ElementTree.Element:
    """`namespaces` by prefix; elements are then named with it: "itunes:author"."""
    declared = {f"xmlns:{prefix}" if prefix else "xmlns": address for prefix, address in (namespaces or {}).items()}
    return ElementTree.Element(name, attributes | declared)


def add(parent: ElementTree.Element, name: str, text="", attributes: dict | None = None):
    """A child with these words; attributes without a value are left out. Nothing at all to say: no child."""
    given = {key: possible(value) for key, value in (attributes or {}).items() if value not in (None, "")}
    words = possible(text)
    if not words and not given:
        return
    ElementTree.SubElement(parent, name, given).text = words or None


def group(parent: ElementTree.Element, name: str, **attributes: str) -> ElementTree.Element:
    """A child for others to be put into."""
    return ElementTree.SubElement(parent, name, attributes)


def as_bytes(root: ElementTree.Element) -> bytes:
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def possible(value) -> str:
    """The words without what XML cannot hold."""
    return _IMPOSSIBLE.sub("", str(value))
