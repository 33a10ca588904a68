"""Forms to fill in: workbooks that we make, and the same as they come back, whatever was done to them."""
