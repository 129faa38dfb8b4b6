"""Tenses: forms of one verb in the present and the past. The lexicon is English."""

_IRREGULAR = """
be,am,is,are was,were have,has had do,does did go,goes went,gone say,says said see,sees saw,seen
come,comes came make,makes made take,takes took,taken get,gets got,gotten give,gives gave,given
know,knows knew,known think,thinks thought tell,tells told find,finds found become,becomes became
leave,leaves left feel,feels felt bring,brings brought begin,begins began,begun keep,keeps kept
hold,holds held write,writes wrote,written stand,stands stood hear,hears heard mean,means meant
meet,meets met run,runs ran pay,pays paid sit,sits sat speak,speaks spoke,spoken lead,leads led
grow,grows grew,grown lose,loses lost fall,falls fell,fallen send,sends sent build,builds built
understand,understands understood draw,draws drew,drawn break,breaks broke,broken spend,spends spent
rise,rises rose,risen drive,drives drove,driven buy,buys bought wear,wears wore,worn
choose,chooses chose,chosen fight,fights fought win,wins won teach,teaches taught
catch,catches caught sell,sells sold steal,steals stole,stolen forget,forgets forgot,forgotten
shake,shakes shook,shaken
throw,throws threw,thrown fly,flies flew,flown sing,sings sang,sung swear,swears swore,sworn
deal,deals dealt seek,seeks sought shoot,shoots shot eat,eats ate,eaten need,needs needed
aren't,isn't weren't,wasn't haven't,hasn't hadn't don't,doesn't didn't it's,that's it'd
"""


def _read(table: str) -> dict[str, tuple[int, int]]:
    """Maps each form to the number of its verb and 0 for the present, 1 for the past."""
    tenses: dict[str, tuple[int, int]] = {}
    forms = table.split()
    for verb, (present, past) in enumerate(zip(forms[::2], forms[1::2], strict=True)):
        tenses |= dict.fromkeys(present.split(","), (verb, 0))
        tenses |= dict.fromkeys(past.split(","), (verb, 1))
    return tenses


_FORMS = _read(_IRREGULAR)
_PRESENT = ("", "s", "es", "e", "ing")


def differ_in_tense(one: str, other: str) -> bool:
    """Whether two folded words are one verb in two tenses.

    >>> differ_in_tense("is", "was"), differ_in_tense("wants", "wanted")
    (True, True)
    >>> differ_in_tense("tax", "taxes"), differ_in_tense("walking", "walked")
    (False, True)
    """
    first, second = _FORMS.get(one), _FORMS.get(other)
    if first and second:
        return first[0] == second[0] and first[1] != second[1]
    return _is_past_of(one, other) or _is_past_of(other, one)


def _is_past_of(past: str, present: str) -> bool:
    if not past.endswith("ed") or len(past) < 4:
        return False
    stems = {past[:-2], past[:-1], f"{past[:-3]}y" if past.endswith("ied") else past[:-2]}
    if len(past) > 4 and past[-3] == past[-4]:
        stems.add(past[:-3])  # planned
    return any(present in {stem + ending for ending in _PRESENT} for stem in stems) or (
        present.endswith("ing") and present[:-3] in {past[:-2], past[:-1]}
    )
