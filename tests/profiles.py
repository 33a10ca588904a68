"""Profiles of the shipped studies, read once: without a stored study every one would clean all of it."""

from __future__ import annotations

from functools import cache

from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profiles import load_profile


@cache
def profile_of(study: str, municipality: str, wave: str) -> Profile:
    """A profile that no test changes."""
    return load_profile(study, municipality, wave)
