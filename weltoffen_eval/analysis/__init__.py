"""What it means in numbers: scoring schemes and scores."""
