"""What is wrong with a file: sentences with the line they are about, collected before anything is refused."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Problem(NamedTuple):
    """A sentence, and its line in the file, if it has one."""

    line: int | None
    sentence: str

    def __str__(self):
        return _("Zeile %(line)d: %(sentence)s") % self._asdict() if self.line else self.sentence


class TranscriptError(ValidationError):
    """A text track or a list of chapters that cannot be taken; `problems` says why, in the order of its lines."""

    def __init__(self, problems: list[Problem]):
        self.problems = tuple(problems)
        super().__init__([str(problem) for problem in problems])


class Problems:
    """Collects errors and warnings while a file is read. At `most` errors reading ends; more help nobody."""

    def __init__(self, most: int):
        self.most = most
        self.errors: list[Problem] = []
        self._warnings: list[Problem] = []
        self._silenced = 0

    def error(self, line: int | None, sentence: str) -> None:
        """Costs the reader the rest of the file once there are too many: raises TranscriptError."""
        self.errors.append(Problem(line, sentence))
        if len(self.errors) >= self.most:
            self.errors.sort(key=_by_line)
            self.errors.append(Problem(None, _("Die Prüfung endet hier. Es können weitere Fehler folgen.")))
            raise TranscriptError(self.errors)

    def fatal(self, line: int | None, sentence: str) -> None:
        self.errors.append(Problem(line, sentence))
        self.raise_errors()

    def warn(self, line: int | None, sentence: str) -> None:
        if len(self._warnings) < self.most:
            self._warnings.append(Problem(line, sentence))
        else:
            self._silenced += 1

    def raise_errors(self) -> None:
        if self.errors:
            raise TranscriptError(sorted(self.errors, key=_by_line))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        found = sorted(self._warnings, key=_by_line)
        if self._silenced:
            more = ngettext("%(count)d weiterer Hinweis.", "%(count)d weitere Hinweise.", self._silenced)
            found.append(Problem(None, more % {"count": self._silenced}))
        return tuple(found)


def _by_line(problem: Problem) -> int:
    return problem.line or 0
