"""Files from strangers that are refused: one sentence for the editor, and the place it is about."""


class Refused(Exception):
    """The file is not read. `place` is "Zeile 12", "Blatt „Programm“, C5", the name of an entry, or empty."""

    def __init__(self, sentence: str, place: str = ""):
        super().__init__(sentence)
        self.sentence, self.place = str(sentence), str(place)

    def __str__(self):
        return f"{self.place}: {self.sentence}" if self.place else self.sentence
