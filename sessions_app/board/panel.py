"""The board on the start page: the events of the first conference, where most is missing."""

from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from conference.board.matrix import Cell, Matrix, conferences_for, examine
from conference.overview import Todo
from sessions_app.board.events import EVENTS

COLUMNS, TODOS = 7, 4


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
    """What weighs most and nobody has taken on, a line for each requirement; it leads to the first event."""
    free = defaultdict(list)
    for cell in matrix.missing:
        if cell.owner is None:
            free[cell.requirement].append(cell)
    heaviest = sorted(
        free, key=lambda requirement: (not requirement.is_required, -requirement.weight * len(free[requirement]))
    )
    return [
        Todo("no", str(requirement.label), _where(free[requirement]), free[requirement][0].lacks[0].url, _("Eintragen"))
        for requirement in heaviest[:TODOS]
    ]


def _where(cells: list[Cell]) -> str:
    words = {"event": cells[0].record, "sentence": cells[0].lacks[0].sentence, "count": len(cells)}
    if len(cells) == 1:
        return _("in „%(event)s“: %(sentence)s") % words
    return _("in %(count)d Veranstaltungen, zuerst in „%(event)s“: %(sentence)s") % words
