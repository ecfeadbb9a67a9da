"""Who may already be there under a slightly different name: pointed out while a new one is typed."""
