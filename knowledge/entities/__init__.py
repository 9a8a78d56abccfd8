"""What a plan names: its bodies and the entries of its text, as indexes that names are looked up in."""
