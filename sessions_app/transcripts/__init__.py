"""Captions in, sentences with seconds out: text tracks and chapters, in the formats others read and write.

Nothing here knows the database. A file becomes a `Transcript` or ends in a `TranscriptError`, never half of either.
"""
