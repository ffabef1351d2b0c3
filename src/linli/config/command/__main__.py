"""Entry of `python -m linli.config.command`."""

from __future__ import annotations

import sys

from linli.config.command.parser import main

sys.exit(main(sys.argv[1:]))
