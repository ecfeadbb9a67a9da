"""Review: hand in with a note, look at what changed, say what is wrong with which field, return or publish."""
