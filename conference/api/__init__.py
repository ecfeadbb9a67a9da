"""Read-only data for everybody: what is published, as JSON, described by the very lines that make it."""
