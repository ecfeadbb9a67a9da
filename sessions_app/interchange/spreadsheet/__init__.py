"""Programmes kept by hand in a table, whatever its columns are called."""

from sessions_app.interchange.spreadsheet.fields import FIELDS
from sessions_app.interchange.spreadsheet.guessing import Guess, guess
from sessions_app.interchange.spreadsheet.reading import read_spreadsheet

__all__ = ["FIELDS", "Guess", "guess", "read_spreadsheet"]
