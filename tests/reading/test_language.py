from service.reading.language import language_of


def test_long_texts_of_every_kind_are_told() -> None:
    english = (
        "The leaders said that they were ready to meet again, and that it was for the people. "
    )
    dutch = (
        "De leiders zeiden dat zij bereid waren om elkaar weer te zien, en dat het om mensen ging. "
    )
    french = (
        "Les dirigeants ont dit être prêts à se revoir, et que tout cela était pour le peuple. "
    )
    told = [language_of(text * 10) for text in (english, dutch, french)]
    assert told == ["en", "nl", "fr"]


def test_marks_and_numbers_are_in_no_language() -> None:
    assert language_of('"“ 2024, 17:30 – 😀"' * 50) is None
