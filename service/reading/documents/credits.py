"""Credits: the names in what a page gives as its author, without all that stands around them.

"By Jane Doe and John Roe"            "JANE DOE, Political Editor"
"Jane Doe in Paris, for Reuters"      "https://www.facebook.com/jane.doe"
"Von Jana Müller und Peter Fuchs"     "記者陳小明／台北報導"
"""

import re
from collections.abc import Iterable, Iterator

from service.reading.documents.document import one_space
from service.reading.lexicon import is_agency, words

LONGEST_NAME = 60
"""Characters of one name; "Maria Alejandra Gonzalez-Rodriguez y Castillo" has 45."""

_OPENING = re.compile(
    r"^(?:(?:story|words|text|interview|review|analysis|opinion|reporting|written|reported"
    r"|posted|published|updated|compiled|created|submitted|exclusive)\s+)*(?:by|from)\b[:\s]*"
    r"|^(?:authors?|words|text|story|report(?:er|ed|ing)?s?|writers?|written|byline)\s*:\s*"
    # of other languages: German, French, Spanish, Italian, Dutch, the Nordic ones, Polish,
    # Indonesian, Turkish, Russian, Ukrainian, Chinese, Japanese, Korean, Arabic
    r"|^(?:publi[ée] par|escrito por|von|par|por|di|door|av|af|przez|oleh)\s+(?=\S+\s+\S)"
    r"|^(?:autor(?:es|in|ka|zy)?|auteurs?|autore|tekst|penulis|haber|yazan|автор(?:ы)?|текст|автори)"
    r"\s*:\s*"
    r"|^(?:本報)?(?:記者|记者|作者|撰文|文)\s*[:：/／|]?\s*|^(?:كتب|بقلم)\s*:?\s*",
    re.IGNORECASE,
)
_BEHIND_CJK = re.compile(r"\s*(?:記者|记者|기자)(?:\s.*)?$|[／/].{0,20}(?:報導|报道|報道|電)$")
_BETWEEN = re.compile(
    r"\s*(?:[,;|•·&+、，]|/|\band\b|\bwith\b|\bavec\b|\bby\b|\bund\b|\bet\b|\boch\b|\bog\b|\bи\b|\s[-–—]\s|\n)\s*",
    re.IGNORECASE,
)
_BETWEEN_WHOLE_NAMES = re.compile(r"\s+(?:y|e|en|i)\s+")
"""Spanish, Italian, Dutch and Polish: these words stand within names, too."""

_OTHERS = re.compile(
    r"\b(?:photo\w*|pictures?|images?|illustrat\w*|videos?|graphics?|artwork|edited|editing|"
    r"produced|translated|translation|fact.?check\w*|animation|design\w*)"
    r"(?:\s+(?:and|&)\s+\w+)?\s*(?:by\b|:).*",
    re.IGNORECASE | re.DOTALL,
)
"""What names those who did not write it stands behind."""

_REVIEWED = re.compile(
    r"(?<=\w)[\s,;|·]+(?:medically |legally )?(?:reviewed|verified|approved)\s+by\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""Behind the writer; at the beginning it is who wrote the review."""

_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_BEHIND = re.compile(
    r"(?:^|\s*)[(\[<@]|(?:^|\s+)(?:in|for|at|of|from|on|is|was|has|who|covers|reports)\s|\s+\d",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\S*(?:https?://|www\.|@)\S*|\S+\.(?:com|org|net|co\.uk)\b\S*", re.IGNORECASE
)
_TITLES = re.compile(
    r"^(?:dr|prof|professor|sir|dame|mr|mrs|ms|rev)\.?\s+(?=\S+\s+\S)", re.IGNORECASE
)
_DAY_WORD = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|today|yesterday"
    r"|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?)"
)
_DAY = re.compile(_DAY_WORD, re.IGNORECASE)
_DAYS_BEHIND = re.compile(rf"(?:\s+{_DAY_WORD})+\s*$", re.IGNORECASE)
_JUNIOR = re.compile(r"\b(?:Jr|Sr)\.$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_INITIAL = re.compile(r"[A-Z]\.?")


def authors_of(credits: Iterable[str], publisher: str | None = None) -> tuple[str, ...]:
    """Each name once, in the order given; agencies, the publisher and roles are no names.

    >>> authors_of(["By Jane Doe, Political Editor, and John Roe in Paris", "Reuters"])
    ('Jane Doe', 'John Roe')
    >>> authors_of(["SEUNG MIN PARK, June A. May; photos by Ann Lee", "Von Ina Kurz und Peter Ost"])
    ('SEUNG MIN PARK', 'June A. May', 'Ina Kurz', 'Peter Ost')
    """
    names: dict[str, str] = {}
    for credit in credits:
        for name in _names_in(credit):
            if name.casefold() != (publisher or "").casefold():
                names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _names_in(credit: str) -> list[str]:
    whole = _REVIEWED.sub("", _OTHERS.sub("", _ADDRESS.sub(" ", _shown(credit)))).strip()
    bare = _BRACKETS.sub(" ", whole).strip() or whole.strip("()[] ")
    bare = _BEHIND_CJK.sub("", _OPENING.sub("", bare))
    parts = [part for part in _parts(bare) if part.strip()]
    found = [name for part in parts if (name := _name_in(_OPENING.sub("", part))) is not None]
    names = [name for name in found if _is_whole(name)]
    return names or [name for name in found if name == bare.strip(" .:")]


def _shown(credit: str) -> str:
    """Without the markup that some pages have in their JSON-LD."""
    return one_space(_TAG.sub(" ", credit))


def _parts(credit: str) -> Iterator[str]:
    for part in _BETWEEN.split(credit):
        smaller = _BETWEEN_WHOLE_NAMES.split(part)
        yield from smaller if all(len(one.split()) > 1 for one in smaller) else [part]


def _is_whole(name: str) -> bool:
    """One word is a place or a role where others stand beside it; a name in Chinese is whole."""
    return " " in name or not name.isascii()


def _name_in(part: str) -> str | None:
    behind = _BEHIND.search(part)
    name = part[: behind.start()] if behind else part
    if behind and behind[0].strip().isdigit():  # "Jane Doe October" of "Jane Doe October 3"
        name = _DAYS_BEHIND.sub("", name)
    name = name.strip(" :–—-\"'“”*")
    name = _without_role(name if _JUNIOR.search(name) else name.strip("."))
    name = _TITLES.sub("", name)
    return name if _is_name(name) else None


def _without_role(name: str) -> str:
    """ "Jane Doe BBC News" and "Jane Doe Political Correspondent" end where the name does, and
    "political reporter Jane Doe" begins there."""
    parts = name.split()
    for index in range(2, len(parts)):
        rest = " ".join(parts[index:])
        ends = _is_paper(rest) or _is_paper(parts[index])
        if ends or _is_role(parts[-1]):
            kept = [part for part in parts[:index] if not _is_role(part)]
            return " ".join(kept) if len(kept) == index else ""
    before = [index for index, part in enumerate(parts) if _is_role(part) and part.islower()]
    return " ".join(parts[before[-1] + 1 :]) if before else name


def _is_paper(name: str) -> bool:
    return is_agency(name) or name.casefold() in words("papers")


def _is_role(word: str) -> bool:
    bare = word.casefold().strip(".")
    return not _INITIAL.fullmatch(word) and (
        bare in words("not_authors") or word.casefold() in words("roles")
    )


def _is_name(name: str) -> bool:
    parts = name.split()
    if not name or len(name) > LONGEST_NAME or len(parts) > 6 or _is_paper(name):
        return False
    if any(character.isdigit() or character in "_{}<>=:?!%" for character in name):
        return False
    if parts[-1][0].islower() and parts[-1].isascii():
        return False
    if any(_is_role(part) for part in parts) or all(_DAY.fullmatch(part) for part in parts):
        return False
    return any(part[0].isupper() or not part[0].isascii() for part in parts)
