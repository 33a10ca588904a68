"""The report on a workshop."""
