"""Tables from strangers: CSV, XLSX, ODS or JSON → plain rows, in bounded time and memory."""

from conference.tables.book import Book, Cell, Row, Sheet, TableRefused
from conference.tables.json_reading import load_json
from conference.tables.reading import read_book

__all__ = ["Book", "Cell", "Row", "Sheet", "TableRefused", "load_json", "read_book"]
