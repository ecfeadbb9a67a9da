"""German full-text search over everything that can be published. Writers need the four names below."""

from conference.search.index import add_to_index, rebuild_index, remove_from_index, update_index

__all__ = ["add_to_index", "rebuild_index", "remove_from_index", "update_index"]
