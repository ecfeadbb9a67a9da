"""The board on the start page: the events of the first conference, where most is missing."""

from collections import Counter

from django.utils.translation import gettext as _

from conference.board.matrix import Matrix, conferences_for, examine
from conference.overview import Todo
from sessions_app.board.events import EVENTS

COLUMNS, TODOS = 8, 4


def events_panel(user) -> dict | None:
    """What the start page includes; None for who may not see the board, or where there is none. Twelve queries."""
    conference = conferences_for(user).first() if EVENTS.may_see(user) else None
    if conference is None:
        return None
    matrix = examine(EVENTS, EVENTS.of_conference(conference))
    if not matrix.rows:
        return None
    shown = _most_missing(matrix)
    return {
        "template": "admin/board_panel.html",
        "conference": conference,
        "matrix": matrix,
        "requirements": [matrix.requirements[place] for place in shown],
        "rows": [(row, [row.cells[place] for place in shown]) for row in matrix.rows],
        "todos": _todos(matrix) if EVENTS.may_change(user) else [],
    }


def _most_missing(matrix: Matrix) -> list[int]:
    """The places of the columns with the heaviest gaps, in the order of the board."""
    weights = Counter()
    for row in matrix.rows:
        for place, cell in enumerate(row.cells):
            weights[place] += cell.requirement.weight * cell.is_missing
    return sorted(place for place, _weight in weights.most_common(COLUMNS))


def _todos(matrix: Matrix) -> list[Todo]:
    """What weighs most and nobody has taken on."""
    free = [cell for cell in matrix.missing if cell.owner is None]
    free.sort(key=lambda cell: (not cell.requirement.is_required, -cell.requirement.weight))
    return [
        Todo(
            "no",
            str(cell.requirement.label),
            _("in „%(event)s“: %(sentence)s") % {"event": cell.record, "sentence": cell.lacks[0].sentence},
            cell.lacks[0].url,
            _("Eintragen"),
        )
        for cell in free[:TODOS]
    ]
