"""Days, periods and times of day in plain Chinese: one grammar, used wherever a date is read."""
