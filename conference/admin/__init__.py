"""The editing screens of the ground floor."""

from conference.admin import conference, image, material, organisation, page, people, theme

__all__ = ["conference", "image", "material", "organisation", "page", "people", "theme"]
