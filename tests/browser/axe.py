"""What axe-core finds on a page."""

import json

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SCRIPT = Axe().axe_script


def findings(page, within: list | None = None) -> list[tuple[str, list[str]]]:
    """[(rule, [the start of each element])]; `within` narrows it to some selectors. Only what was found leaves the
    browser: all that axe looked at is far more than a page.
    """
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "elementRef": False}
    context = json.dumps({"include": within}) if within else "document"
    page.evaluate(_SCRIPT)
    found = page.evaluate(
        f"axe.run({context}, {json.dumps(options)}).then(({{violations}}) => violations.map("
        "found => [found.id, found.nodes.map(node => node.html.slice(0, 150))]))"
    )
    return [(rule, nodes) for rule, nodes in found]
