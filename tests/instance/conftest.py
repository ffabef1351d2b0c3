"""The instance that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from linli.config.instance import Instance, scratch_instance


@pytest.fixture(scope="session")
def running() -> Iterator[Instance]:
    """A whole instance with two web processes, whose limits are in force."""
    with scratch_instance(environment={"LINLI_SCRATCH": "0", "LINLI_WEB_PROCESSES": "2"}) as it:
        yield it
