"""The dot map of projects in pages."""

from django import template

from projects_app.map import HEIGHT, WIDTH, ProjectMap

register = template.Library()


@register.inclusion_tag("components/dot_map.html", takes_context=True)
def dot_map(context, map_or_projects):
    """`{% dot_map listing.map %}`, or of projects as `for_cards` loads them: then without numbers."""
    drawn = map_or_projects if isinstance(map_or_projects, ProjectMap) else ProjectMap(map_or_projects)
    return {"map": drawn, "width": WIDTH, "height": HEIGHT, "request": context["request"]}
