"""Credits: extracts the names from what a page gives as its author.

"By Jane Doe and John Roe"            "JANE DOE, Political Editor"
"Jane Doe in Paris, for Reuters"      "https://www.facebook.com/jane.doe"
"Von Jana Müller und Peter Fuchs"     "記者陳小明／台北報導"
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from service.reading.documents.document import one_space
from service.reading.lexicon import is_agency, words

LONGEST_WITH_PUBLISHER = 300
"""Characters of a credit in which the publisher is looked for."""

LONGEST_NAME = 60
"""Characters of one name; "Maria Alejandra Gonzalez-Rodriguez y Castillo" has 45."""

_OPENING = re.compile(
    r"^(?:(?:story|words|text|interview|review|analysis|opinion|reporting|written|reported"
    r"|posted|published|updated|compiled|created|submitted|exclusive|perspective|column|guest"
    r"|commentary|essay|curated|contributed)\s+)*(?:by|from)\b[:\s]*|^as told to\s+"
    r"|^(?:authors?|words|text|story|report(?:er|ed|ing)?s?|writers?|written|byline)\s*:\s*"
    # of other languages: German, French, Spanish, Italian, Dutch, the Nordic ones, Polish,
    # Indonesian, Turkish, Russian, Ukrainian, Chinese, Japanese, Korean, Arabic
    r"|^(?:publi[ée] par|escrito por|von|par|por|di|door|av|af|przez|oleh)\s+(?=\S+\s+\S)"
    r"|^(?:autor(?:es|in|ka|zy)?|auteurs?|autore|tekst|penulis|haber|yazan|автор(?:ы)?|текст|автори)"
    r"\s*:\s*"
    r"|^(?:本報)?(?:記者|记者|作者|撰文|文)\s*[:：/／|]?\s*|^(?:كتب|بقلم)\s*:?\s*",
    re.IGNORECASE,
)
_TRAILING_CJK = re.compile(r"\s*(?:記者|记者|기자)(?:\s.*)?$|[／/].{0,20}(?:報導|报道|報道|電)$")
_BETWEEN = re.compile(
    r"\s*(?:[,;|•·&+、，]|/|\band\b|\bwith\b|\bavec\b|\bby\b|\bund\b|\bet\b|\boch\b|\bog\b|\bи\b|\s[-–—]\s|\n)\s*",
    re.IGNORECASE,
)
_BETWEEN_WHOLE_NAMES = re.compile(r"\s+(?:y|e|en|i)\s+")
"""Spanish, Italian, Dutch and Polish "and"; these words also occur within names."""

_OTHERS = re.compile(
    r"[^,;|/]*\((?:photo|foto|bild|video|illustr|gra(?:ph|f)i)\w*\)|\b(?:photo\w*|foto\w*|фото|zdj\w+|pictures?|images?|illustrat\w*|videos?|graphics?|artwork|edited|editing|"
    r"produced|translated|translation|fact.?check\w*|animation|design\w*"
    r"|additional reporting|contributing)"
    r"(?:\s+(?:and|&)\s+\w+)?\s*(?:by\b|:).*",
    re.IGNORECASE | re.DOTALL,
)
"""Words that introduce people other than the writer."""

_REVIEWED = re.compile(
    r"(?<=\w)[\s,;|·]+(?:medically |legally )?(?:reviewed|verified|approved)\s+by\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""Follows the writer's name; at the start it names the writer of a review."""

_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_TRAILING = re.compile(
    r"(?:^|\s*)[(\[<@]|(?:^|\s+)(?:in|for|at|of|from|on|is|was|has|who|covers|reports)\s|\s+\d"
    r"|\s+for$",
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
_TRAILING_DAYS = re.compile(rf"(?:\s+{_DAY_WORD})+\s*$", re.IGNORECASE)
_JUNIOR = re.compile(r"\b(?:Jr|Sr)\.$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_INITIAL = re.compile(r"[A-Z]\.?")
_GLUED = re.compile(r"(?<=[a-z])(?=(?:Staff|Senior|Special|Contributing|Published|Updated)\b)")
"""A name that only the page's styling separates from a role: "Jane DoeStaff Reporter"."""

_OF_A_BODY = re.compile(r"^[A-Z]{2,}[’']s\s+")
_ACRONYM = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,}")
"""Not a name, which has a vowel."""

_SURNAMES = frozenset({"post", "sun", "star", "bee", "banner", "leader", "nation", "record"})
_GENERATION = frozenset({"II", "III", "IV", "JR", "SR", "JR.", "SR."})
SHORTEST_IN_CAPITALS = 6
"""Letters: "AFP" and "IANS" are shorter, and a one-word pen name in capitals is longer."""

SHORTEST_ROLE = 5
"""Letters of a word in small letters in front of a name that is what somebody does in a language of
which no roles are known: "redacteur Binnenland"; what belongs to a name is shorter."""

_IN_SMALL_LETTERS = re.compile(r"[a-z][a-z.’'-]*(?: [a-z][a-z.’'-]*){1,3}")


def authors_of(credits: Iterable[str], publisher: str | None = None) -> tuple[str, ...]:
    """Each name once, in order; agencies, the publisher and roles are excluded.

    >>> authors_of(["By Jane Doe, Political Editor, and John Roe in Paris", "Reuters"])
    ('Jane Doe', 'John Roe')
    >>> authors_of(["SEUNG MIN PARK, June A. May; photos by Ann Lee", "Von Ina Kurz und Peter Ost"])
    ('SEUNG MIN PARK', 'June A. May', 'Ina Kurz', 'Peter Ost')
    """
    names: dict[str, str] = {}
    for credit in credits:
        for name in _names_in(_without_publisher(credit, publisher)):
            if not _is_published_as(name, publisher):
                names.setdefault(name.casefold(), name)
    return tuple(names.values())


def names_in_small_letters(credits: Iterable[str]) -> tuple[str, ...]:
    """Names of people who write theirs in lower case, from credits that are one name each.

    >>> names_in_small_letters(["nell brady-hughes", "web desk", "jdoe"])
    ('nell brady-hughes',)
    """
    return tuple(
        credit
        for credit in map(one_space, credits)
        if _IN_SMALL_LETTERS.fullmatch(credit)
        and not any(_is_role(word) or word in words("bodies") for word in credit.split())
        and credit not in words("places")
    )


def _without_publisher(credit: str, publisher: str | None) -> str:
    """The credit with the publisher, and its bureau at the end, replaced by a comma; a one-word
    name may be a person's."""
    if not publisher or " " not in publisher.strip() or len(credit) > LONGEST_WITH_PUBLISHER:
        return credit
    named = rf"(?<=\S)\s+{re.escape(publisher.strip())}\b(?:, (?!and\b)[\w ]{{2,40}}$)?"
    return re.sub(named, ", ", credit, flags=re.IGNORECASE)


def _is_published_as(name: str, publisher: str | None) -> bool:
    """Whether the name is the publisher, its first word or a part of it: "CBC Manitoba" of "CBC
    News"."""
    if not publisher:
        return False
    first, *others = name.split()
    if len(others) == 1 and first.casefold() == publisher.casefold() and others[0].isupper():
        return True  # an edition: "Fortnight US"
    if not others and publisher.casefold().startswith(f"{first.casefold()} "):
        return True
    is_part = len(first) > 1 and first.isupper() and not name.isupper()
    return name.casefold() == publisher.casefold() or (is_part and publisher.startswith(first))


@lru_cache(maxsize=1 << 10)
def _names_in(credit: str) -> tuple[str, ...]:
    """Cached, since a page repeats its credit in several places."""
    whole = _REVIEWED.sub("", _OTHERS.sub("", _ADDRESS.sub(" ", _shown(credit)))).strip()
    bare = _BRACKETS.sub(" ", whole).strip() or whole.strip("()[] ")
    bare = _TRAILING_CJK.sub("", _OPENING.sub("", bare))
    found: list[str] = []
    parts = list(_parts(bare))
    for number, (part, follows_comma) in enumerate(parts):
        name = _name_in(_OPENING.sub("", part))
        is_about = found and (_is_office(part) or _is_newspaper(name or ""))
        if name and not (follows_comma and (is_about or _is_bureau(parts, number))):
            found.append(name)
    names = [name for name in found if _is_whole(name)]
    return tuple(names or (name for name in found if _is_alone(name, bare)))


def _is_alone(name: str, credit: str) -> bool:
    """Whether the credit consists of this one word, and it is not an acronym."""
    is_acronym = name.isupper() and name.isascii() and len(name) < SHORTEST_IN_CAPITALS
    return name == credit.strip(" .:") and not is_acronym


def _shown(credit: str) -> str:
    """Without the markup that some pages put in their JSON-LD."""
    lines = credit.strip().replace("\n", ", ").replace("\r", " ")
    return _GLUED.sub(", ", one_space(_TAG.sub(" ", lines)))


def _parts(credit: str) -> Iterator[tuple[str, bool]]:
    """The parts that may each be a name, and whether each directly follows a comma."""
    before = 0
    comma = False
    for mark in (*_BETWEEN.finditer(credit), None):
        part = credit[before : mark.start() if mark else len(credit)]
        smaller = _BETWEEN_WHOLE_NAMES.split(part)
        each = smaller if all(len(one.split()) > 1 for one in smaller) else [part]
        if part.strip():
            yield from ((one, comma) for one in each)
        if mark:
            before, comma = mark.end(), mark[0].strip() == ","


def _is_bureau(parts: list[tuple[str, bool]], number: int) -> bool:
    """Whether it is the last part, after an agency: "Jane Doe, BBC News, North Yorkshire"."""
    return 0 < number == len(parts) - 1 and is_agency(parts[number - 1][0])


def _is_office(part: str) -> bool:
    """Whether it is three or more words ending in an occupation: "Home Affairs Editor"."""
    last = part.split()[-1].casefold().strip(".")
    return last in words("offices") or last.removesuffix("s") in words("offices")


def _is_newspaper(name: str) -> bool:
    """Whether it ends like a newspaper's name; of two words only if no surname is like the last."""
    last = name.casefold().split()[-1:]
    is_long = len(name.split()) > 2
    return words("publishers").issuperset(last) and (is_long or _SURNAMES.isdisjoint(last))


def _is_whole(name: str) -> bool:
    """Whether a name stands alone: one word next to others is a place or a role, except in
    Chinese."""
    return " " in name or not name.isascii()


def _name_in(part: str) -> str | None:
    trailing = _TRAILING.search(part)
    name = part[: trailing.start()] if trailing else part
    if trailing and trailing[0].strip().isdigit():  # "Jane Doe October" of "Jane Doe October 3"
        name = _TRAILING_DAYS.sub("", name)
    name = _OF_A_BODY.sub("", name.strip(" :–—-\"'“”*"))
    name = _without_role(name if _JUNIOR.search(name) else name.strip("."))
    name = _TITLES.sub("", name)
    return name if _is_name(name) else None


def _without_role(name: str) -> str:
    """The name without roles: "Jane Doe BBC News", "Jane Doe Political Correspondent" and
    "political reporter Jane Doe" all give "Jane Doe"."""
    parts = _without_office(name.split())
    if len(parts) > 1 and parts[-1].casefold() in words("bodies_last"):
        ends = [index for index in range(2, len(parts)) if _begins_body(parts, index)]
        return " ".join(parts[: ends[0]]) if ends else ""
    for index in range(2, len(parts)):
        if _begins_body(parts, index) or _is_role(parts[index]):
            kept = [part for part in parts[:index] if not _is_role(part)]
            is_beat = parts[index - 1].casefold() in words("beats")
            return " ".join(kept) if len(kept) == index and not is_beat else ""
    return " ".join(parts)


def _without_office(parts: list[str]) -> list[str]:
    """Without an occupation before the name."""
    for index in range(len(parts) - 3, -1, -1):
        word = parts[index]
        others = parts[:index]
        if word.casefold() in words("offices") and (
            word.islower()
            or all(
                _is_role(one) or one.isupper() or one.casefold() in words("beats") for one in others
            )
        ):
            return parts[index + 1 :]
    return parts


def _begins_body(parts: list[str], index: int) -> bool:
    """Whether the words after a name are the body the person writes for."""
    rest, word = " ".join(parts[index:]), parts[index]
    is_acronym = word.isupper() and len(word) > 1 and not _INITIAL.fullmatch(word)
    if is_acronym and word not in _GENERATION and not " ".join(parts[:index]).isupper():
        return True
    in_capitals = all(one.isupper() for one in parts[:index]) and not rest.isupper()
    is_named = parts[-1].casefold() in words("publishers")
    return word == "The" or _is_paper(rest) or _is_paper(word) or (in_capitals and is_named)


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
    if any(character.isdigit() or character in "_{}<>=:?!%©" for character in name):
        return False
    if parts[-1][0].islower() and parts[-1].isascii():
        return False
    if parts[0].islower() and len(parts[0]) >= SHORTEST_ROLE and not _is_particle(parts[0]):
        return False
    if any(_is_role(part) for part in parts) or all(_DAY.fullmatch(part) for part in parts):
        return False
    if _is_body(parts) or name.casefold() in words("places"):
        return False
    return any(part[0].isupper() or not part[0].isascii() for part in parts)


def _is_particle(word: str) -> bool:
    return word in words("name_particles") or "’" in word or "'" in word


def _is_body(parts: list[str]) -> bool:
    if any(part.casefold() in words("bodies") for part in parts):
        return True
    return len(parts) > 1 and _ACRONYM.fullmatch(parts[0]) is not None and not parts[1].isupper()
