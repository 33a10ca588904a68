"""A study folder to start from: what a raw file seems to hold, written down with every guess said."""
