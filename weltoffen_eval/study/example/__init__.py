"""The synthetic example study, made by a generator."""
