"""What is not written, with the sentence that says why."""

from django.utils.translation import gettext as _

from conference.refusing import counted


class ExportRefused(Exception):
    """The listing cannot be a file of this format. The message is for the person who asked."""


class TooLong(ExportRefused):
    """More rows than the format takes."""

    def __init__(self, count: int, most: int):
        super().__init__(
            _(
                "Ein PDF fasst höchstens %(most)s Zeilen, diese Liste hat %(count)s. "
                "Bitte grenzen Sie sie ein oder nehmen Sie CSV, XLSX oder ODS."
            )
            % {"most": counted(most), "count": counted(count)}
        )


class TooWide(ExportRefused):
    """More columns than a page has room for."""

    def __init__(self, count: int):
        super().__init__(
            _(
                "%(count)s Spalten passen nicht auf eine Seite. "
                "Bitte wählen Sie für das PDF weniger Spalten oder nehmen Sie CSV, XLSX oder ODS."
            )
            % {"count": count}
        )
