"""The list for the weekly meeting as a listing staff may take away."""

from django.utils.translation import gettext_lazy as _

from conference.board.gaps import COLUMNS, open_gaps
from conference.board.matrix import conferences_for
from conference.records import Dataset, Record
from sessions_app.board.checklists import CHECKLISTS
from sessions_app.models import Event


def gap_records(viewer, conference) -> list[Record]:
    """What the page of the list shows, for one conference or one after the other; none that is not `viewer`'s."""
    conferences = conferences_for(viewer)
    if conference:
        conferences = conferences.filter(pk=conference.pk)
    return [gap.record for each in conferences for gap in open_gaps(CHECKLISTS, each, viewer)]


COMPLETENESS = Dataset(
    name="vollstaendigkeit",
    title=_("Vollständigkeit"),
    summary=_("Eine Zeile je offener Stelle der Tafel, mit dem, was fehlt, wer sich kümmert und bis wann."),
    noun=Event,
    columns=COLUMNS,
    rows=lambda viewer: Event.objects.none(),
    of_conference=lambda rows, conference, viewer: rows,
    load=lambda rows, viewer, known: rows,
    record=lambda row: row,
    compute=gap_records,
)
