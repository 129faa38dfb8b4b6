"""Reading: turns a file into sources, each with its metadata and the provenance of each value.

Statements are found by the extraction room.
"""

from service.reading.declaration import Declaration, declaration_of
from service.reading.documents.adapters import open_archive
from service.reading.files import described_by, find_files, is_read, place_of
from service.reading.formats import is_archive, read, read_standard_input, takes_long
from service.reading.json_lines import read_json, read_json_lines
from service.reading.source import source_from_text
from service.reading.speakers_file import read_known_speakers
from service.reading.text_file import origin_of, sidecars_of
from service.reading.version import reading_version

__all__ = [
    "Declaration",
    "declaration_of",
    "described_by",
    "find_files",
    "is_archive",
    "is_read",
    "open_archive",
    "origin_of",
    "place_of",
    "read",
    "read_json",
    "read_json_lines",
    "read_known_speakers",
    "read_standard_input",
    "reading_version",
    "sidecars_of",
    "source_from_text",
    "takes_long",
]
