"""Django's PostgreSQL backend, which asks a kept connection for its health without a statement."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but a quiet socket counts as healthy.

    A server that ended the connection leaves something to read on it; only then is it worth a
    statement, which Django otherwise sends before every request.
    """

    def is_usable(self) -> bool:
        """Tell whether the connection can be used for another request."""
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or super().is_usable()
