"""What a browser calls itself, in words a person recognises; and where it is, no closer than needed."""

import ipaddress
import re

from django.utils.translation import gettext as _

# The first that is found counts: most programs name their ancestors too.
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/(\d+)", "Edge"),
    (r"OPR/(\d+)", "Opera"),
    (r"SamsungBrowser/(\d+)", "Samsung Internet"),
    (r"(?:Firefox|FxiOS)/(\d+)", "Firefox"),
    (r"(?:Headless)?(?:Chrome|CriOS)/(\d+)", "Chrome"),
    (r"Version/(\d+).*Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    for pattern, name in BROWSERS:
        if found := re.search(pattern, user_agent):
            browser = f"{name} {found[1]}"
            return _("%(browser)s auf %(system)s") % {"browser": browser, "system": system} if system else browser
    return system or _("unbekanntes Programm")


def network(address: str) -> str:
    """Without the part that tells one household from the next."""
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return ""
    found = ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False)
    return f"{str(found.network_address).rsplit('.', 1)[0]}.…" if version == 4 else f"{found.network_address}…"
