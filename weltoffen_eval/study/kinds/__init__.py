"""Kinds of file other than responses: what was said, who was there, what was agreed."""
