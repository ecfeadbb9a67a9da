"""What is asked of a theme."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from conference.board.links import alive, with_links
from conference.board.pictures import pictured
from conference.board.requirement import Checklist, filled, some
from conference.models import Material, Theme


def load_themes(themes):
    """With pictures, materials and links: four queries."""
    materials = Prefetch("materials", Material.objects.order_by(), to_attr="board_materials")
    return with_links(list(themes.select_related("image").prefetch_related(materials)))


REQUIREMENTS = (
    filled(
        "theme.subtitle",
        "subtitle",
        _("Untertitel"),
        _("Eine Zeile, die die Kernbotschaft ausführt."),
        _("Der Untertitel fehlt."),
    ),
    filled(
        "theme.summary",
        "summary",
        _("Kurzfassung"),
        _("Ein bis drei Sätze für Listen, Suche und Vorschauen."),
        _("Die Kurzfassung fehlt."),
        weight=2,
    ),
    filled(
        "theme.background",
        "background",
        _("Hintergrund"),
        _("Der Text auf der Seite der Kernbotschaft."),
        _("Der Hintergrund fehlt."),
        weight=2,
    ),
    pictured("theme.image"),
    some(
        "theme.materials",
        "board_materials",
        "id_materials",
        _("Material"),
        _("Mindestens ein Material zum Mitnehmen."),
        _("Es fehlt Material zum Mitnehmen."),
    ),
    alive("theme.links"),
)

THEMES = Checklist(
    name="kernbotschaften",
    title=_("Kernbotschaften"),
    model=Theme,
    requirements=REQUIREMENTS,
    of_conference=lambda conference: Theme.objects.of_conferences([conference]).in_order(),
    load=load_themes,
    names=(Material,),
    palette=lambda theme: theme.palette,
)
