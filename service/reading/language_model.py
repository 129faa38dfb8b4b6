"""Language model: py3langid's statistics, left on disk and mapped where a text asks for them.

py3langid itself holds all of them in memory, 85 MB a process and 128 while it loads: half of what
a process may take. How sure an answer has to be is decided in language.py.
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
    """py3langid's own model; it answers as py3langid's own loader has it answer."""

    def __init__(self) -> None:
        """Unpack it into a file without a name: 70 MB of disk, half a second.

        The file goes with the last process that maps it; forked workers share it.
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
        """The ISO 639 code of the likeliest language and how likely it is."""
        code, likelihood = self._identifier.classify(text)
        # a page that is read brings its neighbours: after some texts all of them would be resident
        self._mapped.madvise(mmap.MADV_DONTNEED)
        return code, likelihood


@dataclass(frozen=True, slots=True)
class _StoredArray:
    """An array of an .npz file where it lies in the file's mapping, from byte ``start`` on."""

    mapped: mmap.mmap
    start: int
    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]

    def floats(self) -> npt.NDArray[np.generic]:
        return np.ndarray(self.shape, self.dtype, self.mapped, self.start)

    def integers(self) -> "memoryview[int]":
        """py3langid counts with them one by one: Python's integers, not numpy's."""
        stop = self.start + self.shape[0] * self.dtype.itemsize
        kind = cast(Literal["H", "I", "i"], self.dtype.char)
        return memoryview(self.mapped)[self.start : stop].cast(kind)

    def strings(self) -> list[str]:
        return [str(string) for string in self.floats()]


def _arrays_in(archive: IO[bytes], mapped: mmap.mmap) -> dict[str, _StoredArray]:
    """The arrays of an .npz file by name; it keeps them as they are, uncompressed."""
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
