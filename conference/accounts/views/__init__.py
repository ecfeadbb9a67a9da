"""The pages of an account, and the log."""
