"""Where an update goes: commands, taps, free text, groups."""
