"""One message or tap in one chat: its context, its reply as pages and buttons, and what is asked for next."""
