"""How hard a sentence is to read: Flesch-Kincaid grade (Kincaid et al. 1975), with syllables counted by rule.

Grade 6 is read by children of eleven. The formula knows nothing of meaning: a short sentence may still be unkind or
unclear, so it is a floor and no goal. docs/words.md says what else is asked.
"""

import re
from collections.abc import Iterable

# What the rules below count wrongly.
_COUNTED = {
    "account": 2, "accounts": 2, "area": 3, "being": 2, "chosen": 2, "client": 2, "created": 3, "diary": 3,
    "different": 3, "doing": 2, "every": 2, "everybody": 4, "everyone": 3, "everything": 3, "everywhere": 3, "going": 2,
    "hearing": 2, "idea": 3, "ideas": 3, "initial": 3, "javascript": 3, "quiet": 2, "real": 1, "really": 2, "science": 2,
    "seeing": 2, "something": 2, "sometimes": 2, "somebody": 3, "someone": 2, "somewhere": 2, "saying": 2, "trying": 2,
    "hurried": 2, "create": 2, "people": 2, "anyone": 3, "anywhere": 3, "safely": 2, "lonely": 2, "lately": 2,
    "moment": 2, "movement": 2, "agreement": 3, "careful": 2, "carefully": 3, "useful": 2, "elsewhere": 2, "whose": 1,
    "bytes": 1, "experience": 4, "confidentiality": 7, "language": 2, "truer": 2,
    "facilitator": 5, "therefore": 2, "homepage": 2, "database": 3, "safeguarding": 3, "statement": 2, "forehead": 2, "quietly": 3,
}  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words, small. `sign-in` is two; `can't` is one."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'"))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a heading or a list's item without a full stop is one too."""
    return [each for each in re.split(r"(?<=[.!?…])[”\"')]?\s+|\n+", text) if words_of(each)]


def syllables(word: str) -> int:
    """How many syllables an English word has, near enough: groups of vowels, less what is silent."""
    word = word.removesuffix("'s")
    for form in (word, word.removesuffix("s")):
        if form in _COUNTED:
            return _COUNTED[form]
    return max(1, len(re.findall(r"[aeiouy]+", _without_silent(word))) + _split(word))


def _without_silent(word: str) -> str:
    if re.search(r"[^aeiouytd]ed$", word):
        return word[:-2]
    if re.search(r"[^aeiouy](?<![cgsxz])(?<!sh)(?<!ch)es$", word) and not word.endswith("les"):
        return word[:-2]
    if word.endswith("e") and not re.search(r"[^aeiouy]le$", word):
        return word[:-1]
    return re.sub(r"(?<=[aeiouy][bcdfgklmnprstvz])e(?=(ly|less|ness|ful|ment)$)", "", word)


def _split(word: str) -> int:
    """Two vowels side by side that are spoken apart, and `n't` after a consonant."""
    apart = len(re.findall(r"(?<![tsc])i(?:a|o(?!u)|u)|eo|[aeiouy]ing|(?<!q)ua(?!r)|[bcdfgkpstvz]n't$", word))
    return apart - len(re.findall(r"[gc]ion|[gc]ious|people", word))


def grade(texts: Iterable[str]) -> float:
    """The grade of some texts together."""
    said = [sentence for text in texts for sentence in sentences_of(text)]
    words = [word for sentence in said for word in words_of(sentence)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
