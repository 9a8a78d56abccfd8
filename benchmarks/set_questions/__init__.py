"""Questions for sets over random registers, whose answers are computed from the registers alone."""
