"""How the production server runs; the address comes from `--bind` or GUNICORN_CMD_ARGS."""

wsgi_app = "conference.wsgi"
worker_class = "gthread"
workers = 2
threads = 8
preload_app = True
max_requests = 2000
max_requests_jitter = 200
timeout = 60
graceful_timeout = 10
keepalive = 5
# No control socket in somebody's home directory, and no log of who read what.
control_socket_disable = True
accesslog = None
loglevel = "warning"


def when_ready(server):
    addresses = ", ".join(f"{listener}/" for listener in server.LISTENERS)
    print(f"Nachlese läuft: {addresses}   (Strg+C beendet)", flush=True)
