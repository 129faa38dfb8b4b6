"""Reports: what was found out about a quotation, in words for people and for their tools.

What is found out, and what it is called, is the room verification's business; how reports are laid
out that of those who print or show them.
"""
