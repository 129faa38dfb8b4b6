"""Pages for people: what an answer says, as HTML that needs no JavaScript and nothing from
elsewhere.

A page is made of what the same address answers as JSON, and of a few more answers; which ones is
said in api/. Everything is escaped, because articles are somebody else's words.
"""
