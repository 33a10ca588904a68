"""A study's own data for statistics programs: variables with labels, tables, and the codebook."""
