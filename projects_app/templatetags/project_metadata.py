"""What machines read in the head of a project's page."""

from django import template

from conference.templatetags.metadata_tags import metadata_of
from projects_app.structured_data import project_node

register = template.Library()


@register.inclusion_tag("components/metadata.html", takes_context=True)
def project_metadata(context, project):
    return metadata_of(context, project, project_node(project), image=project.image)
