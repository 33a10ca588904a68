"""What was asked: dimensions, criteria, items, scales, and the files that hold them."""
