"""How people come in, and who did what: second factors, own log-ins, the log."""
