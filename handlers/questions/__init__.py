"""Questions in chat: their answers in words, feedback, and the machine-readable contract."""
