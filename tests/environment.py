"""Set before Django reads its settings; loaded by `addopts` in pyproject.toml."""

import os

os.environ.setdefault("SECRET_KEY", "a key for tests alone, it never leaves this process")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A query that is asked once a second would be counted now and then.
os.environ["DUE_CHECK_SECONDS"] = "3600"
os.environ["HTTPS_ONLY"] = "false"
os.environ["DEBUG"] = "false"
