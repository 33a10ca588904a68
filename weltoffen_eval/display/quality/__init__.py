"""The report on data quality: what came, what is missing, what was cleaned."""
