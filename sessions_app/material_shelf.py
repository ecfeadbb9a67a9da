"""The list of all materials, each with the projects and events it belongs to."""

from django.db.models import Prefetch

from conference.listing import Listing
from projects_app.models import Project
from sessions_app.models import Event

# One page for all of them; beyond that, the rest waits on a second.
MOST = 2000


class MaterialShelf(Listing):
    """Three queries: the materials, their projects, their events, as far as everybody may see them."""

    def __init__(self, request, rows, filters=(), sorts=()):
        super().__init__(request, rows, filters, sorts, per_page=MOST)

    def arrange(self, rows) -> list:
        projects = Project.objects.published().light().by_acronym()
        materials = list(rows.prefetch_related(Prefetch("projects", projects, to_attr="visible_projects")))
        events = {}
        for event in Event.objects.published().for_each_material():
            events.setdefault(event.material_id, []).append(event)
        for material in materials:
            material.visible_events = sorted(events.get(material.pk, []), key=lambda event: (event.date, event.number))
        return materials
