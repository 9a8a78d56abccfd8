"""What the plan says and what a message means: pure values, no database, network, clock or Telegram."""
