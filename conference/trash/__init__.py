"""The trash: a deleted record leaves its tables and is kept as data, with everything that went along."""

from conference.trash.belonging import goes_to_trash
from conference.trash.keeping import TrashRefused, trash, trash_all
from conference.trash.restoring import Restored, RestoreRefused, restore

__all__ = ["RestoreRefused", "Restored", "TrashRefused", "goes_to_trash", "restore", "trash", "trash_all"]
