"""Who works together, and on what."""

from projects_app.models.partnership import Partnership
from projects_app.models.project import Project, ProjectPlace

__all__ = ["Partnership", "Project", "ProjectPlace"]
