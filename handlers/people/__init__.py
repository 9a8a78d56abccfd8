"""Who is who: coming in, going away, contacts."""
