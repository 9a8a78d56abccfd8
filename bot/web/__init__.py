"""The chat page as a channel: conversations over plain HTTP, on loopback, without the Bot API between.

What comes up is a post with a key of the page's, so that one that is sent again is stored once; what goes down is a
stream of server-sent events, which goes on after the last that the page has seen. Whoever posts is believed to be whom
they name: accounts come later.
"""
