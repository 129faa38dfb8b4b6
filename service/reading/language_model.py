"""Language model: py3langid's statistics, left on disk and memory-mapped.

py3langid itself holds all of them in memory, 85 MB per process and 128 while loading: half of what
a process may take. language.py decides how certain an answer must be.
"""

import lzma
import mmap
import shutil
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt
import py3langid.langid
from numpy.lib import format as npy
from py3langid.langid import LanguageIdentifier

_MODEL = Path(py3langid.langid.MODEL_DIR, py3langid.langid.MODEL_FILE)
_LOCAL_HEADER = 30  # bytes before a member's name; the lengths of name and extra field are its last


class LanguageModel:
    """py3langid's model; gives the same answers as py3langid's own loader."""

    def __init__(self) -> None:
        """Unpacks it into an anonymous file: 70 MB of disk, half a second.

        The file disappears with the last process that maps it; forked workers share it.
        """
        with lzma.open(_MODEL) as packed, tempfile.TemporaryFile() as unpacked:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
            self._mapped = mmap.mmap(unpacked.fileno(), 0, access=mmap.ACCESS_READ)
            stored = _arrays_in(unpacked, self._mapped)
        self._identifier = LanguageIdentifier(
            stored["ptc"].floats(),
            stored["pc"].floats(),
            stored["classes"].strings(),
            stored["nextmove"].integers(),
            stored["out_feat"].integers(),
            tk_row=stored["nextmove_row"].integers(),
            norm_probs=True,
        )

    def classify(self, text: str) -> tuple[str, float]:
        """The ISO 639 code of the most likely language, and its probability."""
        code, likelihood = self._identifier.classify(text)
        # disables read-ahead: otherwise the whole model would be resident after some texts
        self._mapped.madvise(mmap.MADV_DONTNEED)
        return code, likelihood


@dataclass(frozen=True, slots=True)
class _StoredArray:
    """An array of an .npz file, located at byte ``start`` of the mapped file."""

    mapped: mmap.mmap
    start: int
    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]

    def floats(self) -> npt.NDArray[np.generic]:
        return np.ndarray(self.shape, self.dtype, self.mapped, self.start)

    def integers(self) -> "memoryview[int]":
        """As Python integers, which py3langid processes one by one."""
        stop = self.start + self.shape[0] * self.dtype.itemsize
        kind = cast(Literal["H", "I", "i"], self.dtype.char)
        return memoryview(self.mapped)[self.start : stop].cast(kind)

    def strings(self) -> list[str]:
        return [str(string) for string in self.floats()]


def _arrays_in(archive: IO[bytes], mapped: mmap.mmap) -> dict[str, _StoredArray]:
    """The arrays of an .npz file by name, which it stores uncompressed."""
    with ZipFile(archive) as members:
        places = {info.filename: info.header_offset for info in members.infolist()}
    arrays = {}
    for name, place in places.items():
        lengths = struct.unpack_from("<2H", mapped, place + _LOCAL_HEADER - 4)
        archive.seek(place + _LOCAL_HEADER + sum(lengths))
        npy.read_magic(archive)
        shape, _, dtype = npy.read_array_header_1_0(archive)
        arrays[name.removesuffix(".npy")] = _StoredArray(mapped, archive.tell(), shape, dtype)
    return arrays
