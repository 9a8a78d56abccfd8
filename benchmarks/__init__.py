"""What the understanding of questions is measured with; nothing of the program imports it."""
