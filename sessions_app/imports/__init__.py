"""Programmes of other systems into the database: planned and shown first, then applied as one run."""
