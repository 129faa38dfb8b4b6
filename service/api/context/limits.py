"""Limits: how much one request may ask for or send."""

from service.verification.verify import MAX_LENGTH

LIMIT_DEFAULT = 20
LIMIT_MAXIMUM = 200
"""Items per page."""

SUGGESTIONS_DEFAULT = 10
"""Fits below a search field without scrolling."""

WORDS_MAXIMUM = 1000
"""Characters of ``q``: longer than any sentence anyone searches for."""

NAME_MAXIMUM = 300
"""Characters of a name or an id; the longest real ones have a third of this."""

CURSOR_MAXIMUM = 4000
"""Characters of a cursor. Most have two hundred; those of /speakers, which hold the order of the
first two hundred speakers, have 2,200 plus an id of up to NAME_MAXIMUM characters."""

ADDRESS_MAXIMUM = 2000
"""Characters of a URL, as in service/bounds.py and in most browsers."""

BODY_MAXIMUM = 1_000_000
"""Bytes of a request's body: about two hundred pages of text."""

SOURCES_MAXIMUM = LIMIT_MAXIMUM
"""Per body: the answer must have room for all of them."""

ANSWER_MAXIMUM = 2_000_000
"""Bytes of an answer, except texts, verified drafts and streams."""

DRAFT_MAXIMUM = 2_000_000
"""Bytes of a draft, which may have as much markup as text."""

TEXT_MAXIMUM = 20_000_000
"""Characters of a source's text; its file has no more bytes (service/reading)."""

QUOTE_MAXIMUM = MAX_LENGTH

SPEAKERS_SHOWN = 100
"""Speakers listed for a name: a first name may match thousands, all of which /speakers?q= lists."""

BRIEF_WORDS, BRIEF_SPANS, BRIEF_DIFF = 600, 10, 12
"""Characters of a draft's quotation and of its diff, places of its pieces, and parts of its diff: a
quotation takes at most about 4 kB. A speech in 1,000 paragraphs took 26."""

BRIEF_TITLE = 200
"""Characters of a source's title and publisher as shown for a draft's quotation."""

MENTIONS_SHOWN = 20
"""Mentions listed in a verification; /clusters/{id} has the rest in pages."""
