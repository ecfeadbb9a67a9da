"""Editing that cannot lose anything: snapshots, working copies, revisions, merging, preview."""
