"""What a run is, without a command line: which reports there are, for whom, from what."""
