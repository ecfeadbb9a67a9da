"""What a reader tells the editor while it reads: each thing once, and never without end."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sessions_app.interchange.programme import Problem

MOST = 200


class Notes:
    """Collects warnings. `once` is for what is true of the whole file: said at its first place, and how often."""

    def __init__(self, begun: Iterable[str] = ()):
        self._problems = [Problem(sentence) for sentence in begun]
        self._left_out = 0
        self._general: dict[str, tuple[str, int]] = {}

    def say(self, sentence: str, place: str = ""):
        if len(self._problems) < MOST:
            self._problems.append(Problem(sentence, place))
        else:
            self._left_out += 1

    def once(self, sentence: str, place: str = ""):
        first, count = self._general.get(sentence, (place, 0))
        self._general[sentence] = (first, count + 1)

    def all(self) -> tuple[Problem, ...]:
        general = [
            Problem(sentence, place if count == 1 else _("%(place)s und %(count)s weitere") % _others(place, count))
            for sentence, (place, count) in self._general.items()
        ]
        if self._left_out:
            general.append(Problem(_("Dazu kommen %(count)s weitere Hinweise.") % {"count": self._left_out}))
        return (*self._problems, *general)


def _others(place: str, count: int) -> dict:
    return {"place": place, "count": count - 1}
