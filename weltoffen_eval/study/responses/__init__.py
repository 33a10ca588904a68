"""What was answered: from raw tables to the table of responses, with a log of every change."""
