"""Hand-made annotated sources for the index's tests."""

from service.domain import (
    Act,
    AnnotatedSource,
    Attested,
    Candidate,
    Excerpt,
    Form,
    PartialDate,
    Provenance,
    Source,
    Span,
    Speaker,
    SpeakerKind,
    slug,
)
from tests.statements import named, stated


def declared(value):
    return None if value is None else Attested(value, Provenance.DECLARED)


def person(name, kind=SpeakerKind.PERSON):
    return None if name is None else Speaker(slug(name), name, kind)


def group(name, *members):
    return Speaker(slug(name), name, SpeakerKind.GROUP, tuple(map(person, members)))


def article(
    identifier,
    *said,
    date="2022-02-03",
    publisher="TASS",
    language="en",
    origin=None,
    title=None,
    version=1,
):
    """A source in which each (speaker, words) or (speaker, words, options) of ``said`` stands.

    The speaker is a name, a Speaker or None; options are ``form``, ``act``, ``mention``,
    ``denied``, ``on_behalf_of`` (an organisation's name), ``relayed_by``, ``source_type``,
    ``title`` (which stands nowhere), ``sure`` (the speaker's confidence) and ``candidates``
    (names, all of one chance).
    """
    passages = [(speaker, words, *options) for speaker, words, *options in said]
    text, places = "", []
    for speaker, words, *options in passages:
        mention = (options[0] if options else {}).get("mention", _name(speaker))
        start = len(text)
        text += f"{words}, said {mention}. "
        places.append((Span(start, start + len(words)), start + len(words) + len(", said ")))
    source = Source(
        id=identifier,
        text=text or "Nobody said anything.",
        origin=origin or f"{identifier}.txt",
        title=declared(title),
        publisher=declared(publisher),
        published=declared(PartialDate.parse(date) if date else None),
        language=declared(language),
    )
    statements = tuple(
        _statement(source, passage, span, mention_start)
        for passage, (span, mention_start) in zip(passages, places, strict=True)
    )
    return AnnotatedSource(
        source, statements, f"{version}:{source.sha256}:{date}:{publisher}:{said}"
    )


def _name(speaker):
    return speaker.name if isinstance(speaker, Speaker) else speaker or "somebody"


def _statement(source, passage, span, mention_start):
    speaker, words, *options = passage
    chosen = options[0] if options else {}
    form = chosen.get("form", Form.DIRECT)
    mention = chosen.get("mention", _name(speaker))
    return stated(
        source,
        form,
        [span],
        speaker if isinstance(speaker, Speaker) else person(speaker),
        named(
            Excerpt(mention, Span(mention_start, mention_start + len(mention))),
            Excerpt("said", Span(span.end + 2, span.end + 6)),
        ),
        text=words,
        act=chosen.get("act", Act.SPEECH),
        denied=chosen.get("denied", False),
        on_behalf_of=person(chosen.get("on_behalf_of"), SpeakerKind.ORGANISATION),
        relayed_by=person(chosen.get("relayed_by")),
        speaker_confidence=chosen.get("sure", 0.0),
        candidates=tuple(Candidate(person(name), 0.4) for name in chosen.get("candidates", ())),
        source_type=chosen.get("source_type"),
        title=Excerpt(chosen["title"], Span(0, 1)) if "title" in chosen else None,
    )
