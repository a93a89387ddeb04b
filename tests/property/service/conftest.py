"""The same town as the tests of the services."""

from tests.service.conftest import prepared, town

__all__ = ["prepared", "town"]
