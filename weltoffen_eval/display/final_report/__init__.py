"""The final report of a municipality: what follows from all modules."""
