"""What a file has and we do not know: kept as plain data, and written back as it was."""

from xml.etree import ElementTree

from conference.xml_reading import Node
from sessions_app import xml_writing

DEEPEST = 8


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


def write_back(parent: ElementTree.Element, elements: list[dict]):
    for each in elements:
        attributes = {name: xml_writing.possible(value) for name, value in each.get("attributes", {}).items()}
        child = ElementTree.SubElement(parent, each["tag"], attributes)
        child.text = xml_writing.possible(each.get("text", "")) or None
        write_back(child, each.get("children", []))
