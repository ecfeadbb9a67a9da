"""The layout of the pyvideo data set: a folder for a conference, a JSON file for each video."""

from sessions_app.interchange.pyvideo.reading import read_pyvideo
from sessions_app.interchange.pyvideo.writing import write_pyvideo

__all__ = ["read_pyvideo", "write_pyvideo"]
