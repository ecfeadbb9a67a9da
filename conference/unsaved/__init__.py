"""Nothing typed is lost: what is in a form is kept while it is typed, offered again, and saved after a log-in."""
