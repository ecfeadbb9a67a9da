"""Files from strangers that are refused: one sentence for the editor, and the place it is about."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """The file is not read. `place` is "Zeile 12", "Blatt „Programm“, C5", the name of an entry, or empty."""

    def __init__(self, sentence: str, place: str = ""):
        super().__init__(sentence)
        self.sentence, self.place = str(sentence), str(place)

    def __str__(self):
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


def at_line(number: int) -> str:
    return _("Zeile %(line)s") % {"line": number}


def counted(number: int) -> str:
    """As German writes it: 20.000."""
    return f"{number:,}".replace(",", ".")
