"""Files that are final or absent, the lock of a folder, the manifest of what was made."""
