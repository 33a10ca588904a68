"""The commands of ``weltoffen scheme``: one module each."""
