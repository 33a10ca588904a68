"""What is known of a municipality and of a study, stored and put together for those who show it."""
