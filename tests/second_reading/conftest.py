"""Failing asserts of what the tests share say what they found."""

import pytest

pytest.register_assert_rewrite("second_reading.small_studies")
