"""Reading: a file becomes sources, each with its metadata and where that came from.

Who says what in them is found in the room extraction.
"""

from service.reading.declaration import Declaration, declaration_of
from service.reading.files import find_files
from service.reading.formats import read, read_standard_input
from service.reading.source import source_from_text
from service.reading.speakers_file import read_known_speakers

__all__ = [
    "Declaration",
    "declaration_of",
    "find_files",
    "read",
    "read_known_speakers",
    "read_standard_input",
    "source_from_text",
]
