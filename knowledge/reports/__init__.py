"""What a progress message reports: readings, increments, shares, states, problems, of which part of which plan."""
