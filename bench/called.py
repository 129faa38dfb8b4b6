"""True quotations whose speaker is given by another form of the name, or by another's name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from bench.editor import Claimed, Edit, Editor
from service.domain import SpeakerKind

_TITLES = ("Sen. {} (D-Mass.)", "President {}", "Mr. {}", "Former Secretary of State {}", "{}, 54,")
_HIS = "as_claimed|unresolved"


def _misspelt(choose: Random, name: str) -> str | None:
    words = name.split()
    long = [k for k, word in enumerate(words) if len(word) > 5]
    if not long:
        return None
    k = choose.choice(long)
    at = choose.randrange(2, len(words[k]) - 1)
    words[k] = words[k][:at] + words[k][at + 1 :]
    return " ".join(words)


def _initial(choose: Random, name: str) -> str | None:
    first, *rest = name.split()
    return f"{first[0]}. {' '.join(rest)}"


def _middle(choose: Random, name: str) -> str | None:
    first, *rest = name.split()
    return f"{first} {choose.choice('ABCDEFG')}. {' '.join(rest)}" if len(rest) == 1 else None


def _handle(choose: Random, name: str) -> str | None:
    bare = re.sub(r"\W", "", name)
    return "@" + choose.choice([bare, f"real{bare}", f"{name.split()[-1]}", bare.lower()])


def _glyph(choose: Random, name: str) -> str | None:
    straight = name.replace("’", "'")
    other = straight.replace("'", choose.choice("’ʼ‘`'")).replace("-", choose.choice("-‐‑"))
    return other if other != name else None


def _titled(choose: Random, name: str) -> str | None:
    return choose.choice(_TITLES).format(name)


def _capitals(choose: Random, name: str) -> str | None:
    return choose.choice([name.upper(), name.lower()])


def _generation(choose: Random, name: str) -> str | None:
    return (
        None if re.search(r"\b(?:Jr|Sr|I+)\b", name) else f"{name} {choose.choice(['Jr.', 'Sr.'])}"
    )


def _described(choose: Random, name: str) -> str | None:
    return choose.choice(["the Russian leader", "the senator", "her lawyer", "a spokesman"])


def _unknown(choose: Random, name: str) -> str | None:
    return choose.choice(["Ottoline Brackwater", "Zebedee Quillfeather", "Mr. Tamsin Oxenbould"])


def _by(form: Callable[[Random, str], str | None], attribution: str) -> Edit:
    """An edit of the speaker's name, for persons whose full name is known, that is nobody
    else's.
    """

    def apply(editor: Editor, kind: str) -> Claimed | None:
        claimed = editor.true(kind)
        speaker = claimed.true[0][0].speaker
        person = speaker is not None and speaker.kind is SpeakerKind.PERSON
        if not person or len(speaker.name.split()) < 2:
            return None
        name = form(editor.random, speaker.name)
        known = name in editor.names and name != speaker.name
        return (
            None
            if name is None or known
            else replace(claimed, speaker=name, attribution=attribution)
        )

    return apply


EDITS: Mapping[str, Edit] = {
    "name: surname": _by(lambda _, name: name.split()[-1], _HIS),
    "name: initial": _by(_initial, _HIS),
    "name: middle": _by(_middle, _HIS),
    "name: titled": _by(_titled, _HIS),
    "name: misspelt": _by(_misspelt, _HIS),
    "name: handle": _by(_handle, _HIS),
    "name: glyphs": _by(_glyph, _HIS),
    "name: capitals": _by(_capitals, _HIS),
    "name: described": _by(_described, _HIS),
    "name: Jr.": _by(_generation, "unresolved|other_speaker"),
    "name: unknown": _by(_unknown, "unresolved"),
}
