"""Limits: how much one request may ask for or bring."""

from service.verification.verify import MAX_LENGTH

LIMIT_DEFAULT = 20
LIMIT_MAXIMUM = 200
"""Items of a page."""

SUGGESTIONS_DEFAULT = 10
"""What a list below a search field shows without scrolling."""

WORDS_MAXIMUM = 1000
"""Characters of ``q``: more than any sentence that is looked for."""

NAME_MAXIMUM = 300
"""Characters of a name or an id; the longest real ones have a third of it."""

CURSOR_MAXIMUM = 4000
"""Characters of a cursor. Most that are given out have two hundred, those of /speakers, which hold
the order of the first two hundred speakers, 2,200 and an id of up to NAME_MAXIMUM characters."""

ADDRESS_MAXIMUM = 2000
"""Characters of an address, as in service/bounds.py and in most browsers."""

BODY_MAXIMUM = 1_000_000
"""Bytes of a request's body: some two hundred pages of text."""

SOURCES_MAXIMUM = LIMIT_MAXIMUM
"""Of one body: what is said of them has to fit an answer."""

ANSWER_MAXIMUM = 2_000_000
"""Bytes of an answer that is not a text's, not a draft's and not streamed."""

DRAFT_MAXIMUM = 2_000_000
"""Bytes of a draft, which may have as much markup as text."""

TEXT_MAXIMUM = 20_000_000
"""Characters of a source's text, whose file has no more bytes (service/reading)."""

QUOTE_MAXIMUM = MAX_LENGTH

SPEAKERS_SHOWN = 100
"""Of those a name means: a first name may mean thousands, all of whom are at /speakers?q=."""

BRIEF_WORDS, BRIEF_SPANS, BRIEF_DIFF = 600, 10, 12
"""Characters of a draft's quotation and of its diff, places of its pieces, and parts of its diff: a
quotation takes at most some 4 kB. A speech in 1,000 paragraphs took 26."""

BRIEF_TITLE = 200
"""Characters of the title and the publisher of a source in what is said of a draft's quotation."""

MENTIONS_SHOWN = 20
"""Of a quotation, beside what is known about it; the rest is in pages at /clusters/{id}."""
