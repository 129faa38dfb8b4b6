"""Bounds: the largest source and statement that the service accepts, from any origin.

Reading, extraction and the import of an export share these limits, so everything an answer says
about a source or a statement has a maximum size.
"""

TEXT_MAXIMUM = 20_000_000
"""Bytes of one text, hence at most as many characters: five Bibles. Extracting that many took 0.8
GB and 30 s by the rules alone (articles concatenated in one file), and both grow with the text."""

VALUE_MAXIMUM = 2000
"""Characters of a title, a name or a URL. They are repeated in every statement of a list, and
twenty times in the verification of one quotation. Most browsers also limit URLs to 2,000; no
newspaper prints a title a tenth as long."""

AUTHORS_MAXIMUM = 1000
"""Scientific papers with the longest author lists exceed this; articles have fewer than a
hundred."""

NAMES_MAXIMUM = 40_000
"""Characters of all authors together, and of all editors: a thousand of forty each."""

METADATA_MAXIMUM = 1_000_000
"""Bytes of JSON under unknown keys: half of the largest answer."""

LINKS_MAXIMUM = 1000
"""Links per text. An article has a few dozen; a list of links is not an article, and every answer
about its source would repeat all of them."""

ADDRESSES_MAXIMUM = 100_000
"""Characters of all link URLs of a text together: a thousand of a hundred each."""

PIECES_MAXIMUM = 1000
"""Pieces per statement: a three-hour speech printed between quotation marks has half as many
paragraphs. Anything longer is split into several statements."""

QUOTED_MAXIMUM = 2 * PIECES_MAXIMUM
"""Quoted stretches per statement: a sentence of 5,000 characters, the longest that is read as one,
has room for 1,600."""

BESIDE_MAXIMUM = 200_000
"""Bytes of everything in a statement besides its words: pieces take half of them, names and the
surrounding text at most the rest."""
