"""One notebook executed: kernels that are warm, workers, a cluster."""
