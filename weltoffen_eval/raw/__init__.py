"""Files as received, read as text and strictly: one reader per format, one table."""
