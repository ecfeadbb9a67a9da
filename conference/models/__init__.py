"""What all content shares, and the conference itself."""

from conference.models.conference import Conference
from conference.models.former_slug import FormerSlug
from conference.models.image import Image
from conference.models.material import Material
from conference.models.organisation import Organisation
from conference.models.page import Page
from conference.models.search import SearchDocument, SearchTerm
from conference.models.theme import Theme

__all__ = [
    "Conference",
    "FormerSlug",
    "Image",
    "Material",
    "Organisation",
    "Page",
    "SearchDocument",
    "SearchTerm",
    "Theme",
]
