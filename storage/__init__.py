"""What people have said and what must still be said, in a database."""
