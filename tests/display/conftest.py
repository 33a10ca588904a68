"""What is shown here is mostly of the shipped studies: they are read once for all."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _stored(stored_studies: None) -> None:
    """See ``stored_studies``."""
