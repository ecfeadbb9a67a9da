"""What a media file is, told by what is in it: its type, its length, the size of its picture. Pure, bounded reading."""

from sessions_app.media_probe.probe import Probe, probe, type_of_address

__all__ = ["Probe", "probe", "type_of_address"]
