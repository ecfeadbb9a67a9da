"""Runs: many records changed or made in one go, shown before, kept as one, and taken back as one."""
