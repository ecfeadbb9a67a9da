"""Which listings can be edited in a spreadsheet, and the desk they come back to."""

from sessions_app.roundtrip.listings import EDITABLE

__all__ = ["EDITABLE"]
