"""German full-text search over everything that can be published. Writers need the three names below."""

from conference.search.index import rebuild_index, remove_from_index, update_index

__all__ = ["rebuild_index", "remove_from_index", "update_index"]
