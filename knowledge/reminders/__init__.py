"""The working rhythm as pure values: working days, days to come in Chinese, what reminders go by."""
