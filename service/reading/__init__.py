"""Reading: a file becomes sources, each with its metadata and where that came from.

Who says what in them is found in the room extraction.
"""

from service.reading.declaration import Declaration, declaration_of
from service.reading.files import described_by, find_files, is_read, place_of
from service.reading.formats import read, read_standard_input, takes_long
from service.reading.json_lines import read_json, read_json_lines
from service.reading.source import source_from_text
from service.reading.speakers_file import read_known_speakers
from service.reading.text_file import origin_of

__all__ = [
    "Declaration",
    "declaration_of",
    "described_by",
    "find_files",
    "is_read",
    "origin_of",
    "place_of",
    "read",
    "read_json",
    "read_json_lines",
    "read_known_speakers",
    "read_standard_input",
    "source_from_text",
    "takes_long",
]
