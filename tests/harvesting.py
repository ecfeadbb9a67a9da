"""A small harvester of our own, that knows the protocol and nothing of how it is answered here."""

from urllib.parse import urlencode
from xml.etree import ElementTree

from django.core.cache import cache

from sessions_app.oai import ledger

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def never_pause(monkeypatch):
    """Every question looks what is public now."""
    monkeypatch.setattr(ledger, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(ledger, "SHARE", 0)
    cache.clear()


class Harvester:
    def __init__(self, client):
        self.client = client

    def ask(self, method="get", **arguments):
        """The answer as a tree. `from` is a word of Python: give it as `since`."""
        if "since" in arguments:
            arguments["from"] = arguments.pop("since")
        query = urlencode(arguments, doseq=True)
        if method == "post":
            response = self.client.post("/oai", query, content_type="application/x-www-form-urlencoded")
        else:
            response = self.client.get(f"/oai?{query}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/xml; charset=UTF-8"
        root = ElementTree.fromstring(response.content)
        assert [child.tag for child in root][:2] == [f"{OAI}responseDate", f"{OAI}request"]
        return root

    def error(self, method="get", **arguments) -> str:
        root = self.ask(method, **arguments)
        (error,) = root.findall(f"{OAI}error")
        assert error.text and len(root) == 3
        return error.get("code")

    def pages(self, verb="ListRecords", prefix="oai_dc", **arguments):
        """Each page of a list, as far as the tokens lead."""
        root = self.ask(verb=verb, metadataPrefix=prefix, **arguments)
        while True:
            yield root
            token = root.find(f".//{OAI}resumptionToken")
            if token is None or not token.text:
                return
            root = self.ask(verb=verb, resumptionToken=token.text)

    def headers(self, root) -> dict[str, tuple[str, str, list[str]]]:
        """By identifier: status, moment, sets."""
        return {
            header.findtext(f"{OAI}identifier"): (
                header.get("status", ""),
                header.findtext(f"{OAI}datestamp"),
                [each.text for each in header.findall(f"{OAI}setSpec")],
            )
            for header in root.iter(f"{OAI}header")
        }

    def identifiers(self, **arguments) -> list[str]:
        """All of a list, deleted ones with a cross before."""
        found = []
        for root in self.pages("ListIdentifiers", **arguments):
            found += [f"{'†' * bool(status)}{name}" for name, (status, *_rest) in self.headers(root).items()]
        return found
