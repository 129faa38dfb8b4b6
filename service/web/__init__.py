"""Pages for people, as HTML that needs no JavaScript and loads nothing from elsewhere.

A page shows what the same address answers as JSON, plus a few further answers that api/calls/pages
selects. Everything is escaped, because articles are other people's words.
"""
