"""What a programme from elsewhere said that we have no place for: it goes out again."""

from dataclasses import dataclass

from sessions_app.imports.values import is_address, is_own_address, kind_of
from sessions_app.interchange.programme import Link
from sessions_app.models import Contribution


@dataclass(frozen=True)
class Given:
    """`extra` is that of an origin."""

    extra: dict

    def text(self, name: str) -> str:
        return str(self.extra.get(name) or "")

    @property
    def is_ours(self) -> bool:
        """Whether it came with an export of this very site."""
        return is_own_address(self.text("url"))

    def kind(self, part: Contribution) -> str:
        """In the words it came with, unless the editors have called it something else since."""
        words = self.text("kind")
        return words if kind_of(words) == part.kind else ""

    def attachments(self) -> set[str]:
        """Addresses of what could be taken home: the materials of today."""
        return {link["href"] for link in self.extra.get("links") or () if link.get("is_file")}

    def links(self) -> list[Link]:
        """Without those that have become materials, which speak for themselves."""
        links = (link for link in self.extra.get("links") or () if not link.get("is_file"))
        return [
            Link(href=link["href"], title=link.get("title", ""), kind=link.get("kind", ""))
            for link in links
            if is_address(link["href"]) and not is_own_address(link["href"])
        ]
