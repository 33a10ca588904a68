"""A second reading of the data formats: written from docs and contract alone, never from the package."""
