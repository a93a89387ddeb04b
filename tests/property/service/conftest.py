"""The same town as the tests of the services."""

from tests.service.conftest import town

__all__ = ["town"]
