"""Bounds: how much of a source and of a statement is taken in, whoever brings it.

Reading, extraction and an export that is indexed keep to the same, so that what is in answers about
a source or a statement has a largest size.
"""

TEXT_MAXIMUM = 20_000_000
"""Bytes of one text, and so characters at most: five Bibles. To extract from that many took 0.8 GB
and 30 s by the rules alone (articles one after the other in one file), and both grow with it."""

VALUE_MAXIMUM = 2000
"""Characters of a title, a name or an address: they are in each statement of a list, and twenty
times in what is said of one quotation. Addresses may have 2,000 here and in most browsers; no
newspaper prints a title of a tenth of it."""

AUTHORS_MAXIMUM = 1000
"""The longest lists of scientific papers have more, and those of articles less than a hundred."""

NAMES_MAXIMUM = 40_000
"""Characters of all authors together, and of all editors: a thousand of forty each."""

METADATA_MAXIMUM = 1_000_000
"""Bytes of JSON under unknown keys: half of the largest answer."""

LINKS_MAXIMUM = 1000
"""Of one text. An article has some tens; a list of links is not an article, and all of it would be
in each answer about its source."""

ADDRESSES_MAXIMUM = 100_000
"""Characters of all links of a text together: a thousand of a hundred each."""

PIECES_MAXIMUM = 1000
"""Of one statement: a speech of three hours, printed between marks, has half as many paragraphs.
Whatever quotes more in one go is several statements."""

QUOTED_MAXIMUM = 2 * PIECES_MAXIMUM
"""Stretches between marks in one statement: a sentence of 5,000 characters, the longest that is
read as one, has room for 1,600."""

BESIDE_MAXIMUM = 200_000
"""Bytes of all that a statement says beside its words: its pieces take half of them, names and the
text around it at most the rest."""
