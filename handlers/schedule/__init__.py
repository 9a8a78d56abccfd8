"""What is sent by rule: rows with their next time, the tick over them, and the messages that they become."""
