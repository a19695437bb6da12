"""A fault that ends in the 500 page leaves a trace for the operator, and an ordinary request leaves none."""

import logging

from django.conf import settings


class TestRequests:
    def test_faults_are_written_and_nothing_below_them(self) -> None:
        logger = logging.getLogger("django.request")

        assert not settings.DEBUG
        assert logging.StreamHandler in map(type, logger.handlers)
        assert logger.isEnabledFor(logging.ERROR)
        assert not logger.isEnabledFor(logging.WARNING)
