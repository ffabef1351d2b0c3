"""Settings of tests: the production ones, with cheap password hashes and a folder of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault(
    "LINLI_SECRET", "only-for-tests-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
)
SCRATCH_PASSWORD = "scratch"  # noqa: S105 - the folder of the socket is closed to others
if "DATABASE_URL" not in os.environ:
    # The controlling process of a test run chooses the folder, its workers inherit it.
    scratch = os.environ.setdefault(
        "LINLI_TEST_CLUSTER", str(Path(tempfile.gettempdir()) / f"linli-test-{os.getpid()}")
    )
    os.environ["DATABASE_URL"] = (
        f"postgresql://linli:{SCRATCH_PASSWORD}@/linli?host={scratch}/socket"
    )

from linli.config import settings  # noqa: E402
from linli.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
NOTICES = {}
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"linli-test-media-{os.getpid()}"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Pages are tested signed in; the second factor has tests of its own.
SECOND_FACTOR = False
MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("SecondFactorMiddleware")]
