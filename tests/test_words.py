"""A tired nine-year-old understands every sentence Holdspace says, and none of them sounds like a form (docs/words.md)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import pytest

from tests import reading, sayings
from tests.sayings import Saying

ON_SCREEN = [*sayings.of_templates(), *sayings.of_code(), *sayings.of_principles()]
FOR_HOSTS = sayings.of_console()
PAGE_GRADE = 6
HOST_GRADE = 8
SENTENCE_GRADE = 8
MOST_WORDS = 22
LONG = 4  # syllables from which on a word needs a reason
ENOUGH = 10  # words under which the formula says nothing about one sentence, and
ENOUGH_OF_A_PAGE = 25  # about one page

# A word we don't use, as it may be written, and what we say instead.
NOT_OURS: Mapping[str, str] = {
    r"users?|participants?|clients?|patients?|cases?": "member, person, account",
    r"moderat\w+|admins?|administrat\w+|owners?": "facilitator, coordinator, host",
    r"posts?|posted|contents?|messages?|feeds?|threads?|comments?": "share, reply, item, words",
    r"submit\w*|invalid|errors?|fail\w*|abort\w*|illegal|denied|forbidden|unauthori[sz]ed": "what happened, and what to do",
    r"oops|sorry|unfortunately|success\w*|congratulations|great|awesome|well done": "what is true now",
    r"log ?in|log ?out|log ?on|usernames?|passwords?": "sign in, sign out, sign-in name, passphrase",
    r"e-?mail address\w*": "nothing: we ask for none",
    r"please note|note that|click\w*|tap|simply|obviously|of course|easily": "nothing, or press",
    r"followers?|scores?|streaks?|likes|ranks?|popular": "nothing: nothing is counted",
    r"anonym\w+|zero.knowledge|military|100 ?%|completely safe|guarantee\w*|unbreakable": "what the host can see",
    r"(?:en|de)crypt\w*|authenticat\w*|credentials?|tokens?|cookies?|cache\w*|sync(?:ed|ing)?": "locked, opened, keys",
    r"approve\w*|ban(?:ned)?|kick\w*|block(?:ed)?|invitations?": "admit, remove, invite",
    r"utili[sz]e\w*|terminate\w*|regarding|prior to|via|e\.g\.|i\.e\.|etc": "use, end, about, before, by, for example",
    r"journeys?|struggl\w*|coping|trigger\w*|wellbeing|empower\w*": "what the person says of it themselves",
    r"dashboards?|inbox\w*|notifications?|profiles?": "home, what waits, my account, name",
    r"get started|explore\w*|discover\w*|engag\w*|unlock your": "what one can do, or nothing",
    r"miss(?:ed)? you|welcome (?:aboard|back)": "what is so: absence is nobody's fault",
    r"suffer\w*|victims?|addicts?|crazy|commit(?:ted)? suicide|disorders?": "what the person says of it themselves",
}
# Where such a word is right.
RIGHT: Mapping[str, str] = {
    "messages about groups": "what reaches somebody who was removed is a message, and is no share",
    "message for you": "the same",
    "in case": "no case of anybody's",
    "by a message you send": "sent by the person, outside Holdspace",
    "nobody is scored, ranked or counted": "says that we don't",
}
# Words of four syllables and more that stay: they are names of this place, or have no shorter one that is as true.
LONG_BUT_OURS: Mapping[str, str] = {
    "facilitator": "who guides a group; the agreement and the list of members say it",
    "coordinator": "who looks after the network",
    "facilitates": "in the list of what the host sees, beside the name",
    "recovery": "recovery sheet: the name printed on the paper; and what some groups are for",
    "everybody": "known to every child",
    "anybody": "known to every child",
    "experience": "share your experience: one of the four asks, as sealing.md has it",
    "organisation": "who has the duty to report is not a person",
    "differently": "see it differently: kinder than any shorter word for it",
    "differences": "in the principles, where it is the point",
    "emergency": "emergency number: what it is called wherever there is one",
    "confidentiality": "for hosts: the name of the two models",
}
# Names of people's parts. They stand in many sentences, so one of them alone doesn't make a sentence hard. A page's
# grade counts them as they are spoken.
PARTS = re.compile("facilitator|coordinator")
LOUD_BUT_RIGHT = frozenset({"JSON", "TLS", "URL"})


def not_ours(saying: Saying) -> str | None:
    """The word in it that we don't use."""
    text = saying.text.lower()
    for phrase in RIGHT:
        text = text.replace(phrase, "")
    for words, instead in NOT_OURS.items():
        if found := re.search(rf"(?<![\w-])(?:{words})(?![\w-])", text):
            return f"{found[0]!r}: say {instead}"
    return None


def too_hard(saying: Saying) -> str | None:
    """The sentence in it that is long, or hard."""
    for sentence in reading.sentences_of(saying.text) if saying.is_sentence() else ():
        count = len(reading.words_of(sentence))
        if count > MOST_WORDS:
            return f"{count} words: {sentence}"
        if count >= ENOUGH and (grade := reading.grade([PARTS.sub("leader", sentence)])) > SENTENCE_GRADE:
            return f"grade {grade:.1f}: {sentence}"
    return None


def too_long_a_word(saying: Saying) -> str | None:
    """The long word in it that has no reason."""
    for word in reading.words_of(saying.text):
        plain = word.removesuffix("'s")
        if reading.syllables(word) >= LONG and not {plain, plain.removesuffix("s")} & LONG_BUT_OURS.keys():
            return word
    return None


def too_loud(saying: Saying) -> str | None:
    """The exclamation mark, or the word in capitals. Names of settings are written in capitals by hosts too."""
    if "!" in saying.text:
        return "!"
    shouted = re.findall(r"(?<![\w/_])[A-Z]{3,}(?![\w_])", saying.text)
    return next((word for word in shouted if word not in LOUD_BUT_RIGHT), None)


def by_page(said: Iterable[Saying]) -> dict[str, list[str]]:
    """The sentences of each page. Pages with few of them are read together with the others of their folder."""
    pages: dict[str, list[str]] = defaultdict(list)
    for page, text in (each for each in said if each.is_sentence()):
        pages[page].append(text)
    for page in [page for page, texts in pages.items() if _length(texts) < ENOUGH_OF_A_PAGE]:
        pages[page.rpartition("/")[0]] += pages.pop(page)
    return pages


def _length(texts: list[str]) -> int:
    return sum(len(reading.words_of(text)) for text in texts)


def hard_pages(said: Iterable[Saying], most: float = PAGE_GRADE) -> dict[str, float]:
    """The pages above the grade, with theirs."""
    grades = {page: reading.grade(texts) for page, texts in by_page(said).items()}
    return {page: round(grade, 1) for page, grade in grades.items() if grade > most}


def what_is_wrong(said: Iterable[Saying], rule: Callable[[Saying], str | None]) -> list[str]:
    """`page: reason` of all that break a rule."""
    judged = ((saying.page, rule(saying)) for saying in said)
    return [f"{page}: {reason}" for page, reason in judged if reason]


RULES = [not_ours, too_hard, too_long_a_word, too_loud]


@pytest.mark.parametrize("rule", RULES)
def test_what_people_read_keeps_the_rules(rule: Callable[[Saying], str | None]) -> None:
    assert not what_is_wrong(ON_SCREEN, rule)


def test_every_page_can_be_read_by_a_child_of_eleven() -> None:
    assert not hard_pages(ON_SCREEN)


def test_what_hosts_read_is_as_calm_and_nearly_as_plain() -> None:
    """A host is told names of settings; they read at a desk. The words we don't use are the same."""
    assert not what_is_wrong(FOR_HOSTS, not_ours)
    assert not [each for each in FOR_HOSTS if "!" in each.text]
    assert not hard_pages(FOR_HOSTS, HOST_GRADE)


def test_everything_that_is_said_was_found() -> None:
    pages = {saying.page for saying in ON_SCREEN}
    assert len(ON_SCREEN) > 700 and len(FOR_HOSTS) > 100, "the search finds little, so this proves nothing"
    for page in (
        "holdspace/ui/templates/ui/home/landing.html",
        "holdspace/groups/templates/groups/start/_clauses.html",
        "holdspace/sealing/errors.py",
        "docs/principles",
    ):
        assert page in pages
    assert {"client/trouble.py", "holdspace/ops/serving.py", "client/agreement.py"} <= {
        s.page for s in FOR_HOSTS
    }


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (not_ours, "Your message could not be sent."),
        (not_ours, "Invalid sign-in name."),
        (not_ours, "Click here."),
        (not_ours, "Users see this."),
        (too_loud, "Welcome!"),
        (too_loud, "You can NOT undo this."),
        (too_long_a_word, "Identification is needed."),
        (
            too_hard,
            "Those receiving confidential information are obliged to handle everything with appropriate discretion.",
        ),
        (
            too_hard,
            "When you have said yes to it and gone on to the next page you can go back to the first one as long as "
            "you like, and then say it all again.",
        ),
    ],
)
def test_a_sentence_that_breaks_a_rule_is_caught(rule: Callable[[Saying], str | None], sentence: str) -> None:
    assert rule(Saying("page", sentence))


def test_a_hard_page_is_caught_where_it_was_added() -> None:
    hard = (
        "Deactivation immediately invalidates outstanding invitations. Administrators subsequently reconsider. "
        * 3
    )
    template = f'<p>{{% translate "Fine." %}}</p>{{% blocktranslate trimmed %}}<b>{hard}</b>{{% endblocktranslate %}}'
    assert hard_pages([Saying("page", text) for text in sayings.in_template(template)]) == {
        "page": pytest.approx(25, abs=12)
    }
    assert hard_pages([Saying("page", text) for text in sayings.in_code(f"raise Refused('x', _({hard!r}))")])
    assert hard_pages([Saying("page", text) for text in sayings.in_program(f"say({hard!r})")])


def test_each_exception_is_still_needed() -> None:
    everything = [*ON_SCREEN, *FOR_HOSTS]
    said = " ".join(saying.text for saying in everything).lower()
    assert not [phrase for phrase in RIGHT if phrase not in said]
    assert not [word for word in LONG_BUT_OURS if word not in said]


def test_words_we_do_not_use_are_those_of_the_page() -> None:
    """docs/words.md names them for people, this test for the machine."""
    _, _, table = (sayings.BASE / "docs/words.md").read_text().partition("## Words we don't use\n")
    named = [re.sub(r"[^a-z -]", "", word).strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[2:]
             for word in row.split(",")]  # fmt: skip
    assert len(named) > 20
    beside = {"even we cant", "top"}  # no word but a boast; and a word that also means a place on the page
    assert not [word for word in named if word and word not in beside and not not_ours(Saying("page", word))]


def test_what_the_guide_holds_up_is_what_our_pages_say() -> None:
    """The left column of docs/words.md's "One of each", word for word; whoever is named there is anybody."""
    _, _, rest = (sayings.BASE / "docs/words.md").read_text().partition("### One of each\n")
    rows = [row.split(" | ") for row in rest.partition("###")[0].splitlines() if row.startswith("| ")][2:]
    quoted = [quote for row in rows for quote in re.findall(r'"([^"]+)"|\*([^*]+)\*', row[1])]
    said = " ".join(saying.text for saying in ON_SCREEN)
    pieces = [piece.strip() for quote in quoted for piece in "".join(quote).split("Ben")]
    assert len(pieces) > 15
    assert not [piece for piece in pieces if piece not in said]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("words", 1), ("locked", 1), ("ended", 2), ("changes", 2), ("group", 1), ("passphrase", 2), ("can't", 1),
        ("doesn't", 2), ("facilitators", 5), ("quiet", 2), ("being", 2), ("machine", 2), ("history", 3),
        ("confidentiality", 7), ("people's", 2), ("safely", 2), ("table", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_the_formula_is_the_one_of_kincaid() -> None:
    assert reading.grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
