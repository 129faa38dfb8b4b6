import tracemalloc

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from service.reading.language import language_of
from service.reading.language_model import LanguageModel


def test_long_texts_of_every_kind_have_their_language_detected() -> None:
    english = (
        "The leaders said that they were ready to meet again, and that it was for the people. "
    )
    dutch = (
        "De leiders zeiden dat zij bereid waren om elkaar weer te zien, en dat het om mensen ging. "
    )
    french = (
        "Les dirigeants ont dit être prêts à se revoir, et que tout cela était pour le peuple. "
    )
    languages = [language_of(text * 10) for text in (english, dutch, french)]
    assert languages == ["en", "nl", "fr"]


def test_marks_and_numbers_are_in_no_language() -> None:
    assert language_of('"“ 2024, 17:30 – 😀"' * 50) is None


def test_the_mapped_model_answers_as_py3langids_own_loader_has_it() -> None:
    texts = [
        "Президент заявил в понедельник, что переговоры продолжатся.",
        "قال الرئيس إن الحرب انتهت وإن المفاوضات ستستمر.",
        "总统星期一表示，谈判将继续进行。",
        "PREZYDENT POWIEDZIAŁ, ŻE NEGOCJACJE BĘDĄ KONTYNUOWANE.",
        "Moscow 2024",
        "\u200f",
    ]
    original = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    mapped = LanguageModel()
    for _ in range(2):  # released pages are read again
        assert [mapped.classify(text) for text in texts] == [
            original.classify(text) for text in texts
        ]


def test_the_model_stays_on_disk() -> None:
    tracemalloc.start()
    LanguageModel().classify("Президент заявил в понедельник, что переговоры продолжатся.")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000  # py3langid's own loader: 113 million
