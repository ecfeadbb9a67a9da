"""What axe-core finds on a page."""

import json

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SCRIPT = Axe().axe_script


# What can be otherwise in the dark, where everything else has been looked at in the light.
COLOURS = ["color-contrast", "link-in-text-block"]


def colours_if(scheme: str) -> list[str] | None:
    """What to look at in this scheme: everything in the light, colours in the dark."""
    return COLOURS if scheme == "dark" else None


def findings(page, within: list | None = None, only: list | None = None) -> list[tuple[str, list[str]]]:
    """[(rule, [the start of each element])]; `within` narrows it to some selectors, `only` to some rules. Only what was
    found leaves the browser: all that axe looked at is far more than a page.
    """
    wanted = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    options = {"runOnly": wanted, "resultTypes": ["violations"], "elementRef": False}
    context = json.dumps({"include": within}) if within else "document"
    page.evaluate(_SCRIPT)
    found = page.evaluate(
        f"axe.run({context}, {json.dumps(options)}).then(({{violations}}) => violations.map("
        "found => [found.id, found.nodes.map(node => node.html.slice(0, 150))]))"
    )
    return [(rule, nodes) for rule, nodes in found]
