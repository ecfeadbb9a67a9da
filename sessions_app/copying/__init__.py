"""Events and whole conferences as templates for the next ones."""
