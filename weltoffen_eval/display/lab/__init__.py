"""The scoring lab: what another scheme would move."""
