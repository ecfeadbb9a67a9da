"""What a file has and we do not know: kept as plain data, and written back as it was."""

import re
from typing import Any
from xml.etree import ElementTree

from conference.xml_reading import Node
from sessions_app import xml_writing

DEEPEST = 8
_NAME = re.compile(r"(?!xml)[A-Za-z_][\w.-]{0,99}", re.ASCII)


def attributes_beyond(node: Node, known: set[str]) -> dict[str, str]:
    return {name: value for name, value in node.attributes.items() if name not in known}


def elements_beyond(node: Node, known: set[str]) -> list[dict]:
    return [told for child in node.children if child.tag not in known and (told := _told(child))]


def _told(node: Node, depth: int = 0) -> dict:
    """Empty for an element that says nothing."""
    inside = [_told(child, depth + 1) for child in node.children] if depth < DEEPEST else []
    given = {
        "attributes": dict(node.attributes),
        "text": node.text.strip(),
        "children": [each for each in inside if each],
    }
    said = {name: value for name, value in given.items() if value}
    return {"tag": node.tag, **said} if said else {}


def write_back(parent: ElementTree.Element, elements: Any):
    """What was kept may have come in with JSON, and be anything."""
    for each in elements if isinstance(elements, list) else []:
        given = each if isinstance(each, dict) else {}
        if is_name(given.get("tag")):
            child = ElementTree.SubElement(parent, given["tag"], attributes_of(given.get("attributes")))
            child.text = xml_writing.possible(given.get("text", "")) or None
            write_back(child, given.get("children"))


def attributes_of(given: Any) -> dict[str, str]:
    """Those that can be attributes: a name that XML allows, and one value that says something."""
    pairs = given.items() if isinstance(given, dict) else ()
    return {
        name: xml_writing.possible(value)
        for name, value in pairs
        if is_name(name) and isinstance(value, str | int | float) and value != ""
    }


def is_name(text: Any) -> bool:
    return isinstance(text, str) and _NAME.fullmatch(text) is not None
