"""The programme and its recordings as machines read them, and the collections of the whole house."""

from conference.api.openapi import Description
from sessions_app.api.collections import COLLECTIONS, CUES, VIDEOS

DESCRIPTION = Description(COLLECTIONS, VIDEOS, CUES)

__all__ = ["COLLECTIONS", "CUES", "DESCRIPTION", "VIDEOS"]
