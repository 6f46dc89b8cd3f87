"""What the short codes of a program mean, and what the names of types mean to somebody who searches.

The same letter means different things per program: "Y" is Alateen in Al-Anon, young people in AA, a workbook in ACA; "B" is a business
owner in DA; "SP" is Spanish in ACA and a speaker elsewhere. A feed does not say whose it is, so whoever imports it does. A code nobody knows is
kept as it came, and means nothing.

Sources: code4recovery/spec (87 codes, MIT) and what the programs' own lists say where they differ.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from holdspace.directory.topic_list import ids_of

# language | code of the shared list | its English name
_LANGUAGES = """
af AF Afrikaans|am AM Amharic|ar AR Arabic|bg BG Bulgarian|da DA Danish|de DE German|el EL Greek|en EN English|es S Spanish
fa FA Persian|fi FI Finnish|fr FR French|he HE Hebrew|hi HI Hindi|hr HR Croatian|hu HU Hungarian|is IS Icelandic|it ITA Italian
ja JA Japanese|ka KA Georgian|ko KOR Korean|lt LT Lithuanian|ml ML Malayalam|mt MT Maltese|ne NE Nepali|nl NL Dutch|no NO Norwegian
pa PUN Punjabi|pl POL Polish|pt POR Portuguese|ru RUS Russian|sk SK Slovak|sl SL Slovenian|sv SV Swedish|th TH Thai|tl TL Tagalog
tr TUR Turkish|uk UK Ukrainian
"""
LANGUAGES = [
    (code, short, name)
    for code, short, name in (row.split() for row in _LANGUAGES.replace("\n", "|").split("|") if row)
]
_BY_LANGUAGE = {code: short for code, short, _ in LANGUAGES}

_SHARED = """
11 11th Step Meditation|12x12 12 Steps & 12 Traditions|A Secular|ABSI As Bill Sees It|AL Concurrent with Alateen
AL-AN Concurrent with Al-Anon|ASL American Sign Language|B Big Book|BA Babysitting Available|BE Newcomer|BI Bisexual|BRK Breakfast
BV-I Blind / Visually Impaired|C Closed|CAN Candlelight|CF Child-Friendly|D Discussion|DB Digital Basket|DD Dual Diagnosis
D-HOH Deaf / Hard of Hearing|DR Daily Reflections|FF Fragrance Free|G Gay|GR Grapevine|H Birthday|L Lesbian|LGBTQ LGBTQ|LIT Literature
LO-I Loners / Isolationists|LS Living Sober|M Men|MED Meditation|N Native American|NB Non-Binary|NDG Indigenous|O Open|ONL Online Meeting
OUT Outdoor|P Professionals|POA Proof of Attendance|POC People of Color|QSL Quebec Sign Language|RSL Russian Sign Language|SEN Seniors
SM Smoking Permitted|SP Speaker|ST Step Study|T Transgender|TC Location Temporarily Closed|TR Tradition Study|W Women
X Wheelchair Access|XB Wheelchair-Accessible Bathroom|XT Cross Talk Permitted|Y Young People
"""
_NA = """
CPT 12 Concepts|BT Basic Text|BEG Newcomer|CW Children Welcome|DISC Discussion|GL LGBTQ|IP IP Study|IW It Works Study
JFT Just For Today Study|LC Living Clean|NS Non-Smoking|QA Questions & Answers|RA Restricted Access|SMOK Smoking Permitted
SPAD Spiritual Principle a Day|SPK Speaker|STEP Step Study|SWG Step Working Guide Study|TOP Topic|TRAD Tradition Study|VAR Format Varies
WCHR Wheelchair Access|VM Online Meeting|HY Hybrid
"""
_DHARMA = """
BB Book Study|CC Child Care Available|DF Dog Friendly|8F Eightfold Path Study|IS Inquiry Study|IW Inquiry Writing|MI Mindfulness Practice
PR Process Addictions|ES Spanish|WA Wheelchair Access
"""
# What a program means by a code, where it is not what the shared list says.
_PROGRAMS = {
    "aa": ("Alcoholics Anonymous", ""),
    "aca": (
        "Adult Children of Alcoholics",
        "AV Audio / Visual|B Book Study|BEG Newcomer|T Fellowship Text|G LGBTQ|S Speaker|SP Spanish|Y Yellow Workbook Study",
    ),
    "al-anon": (
        "Al-Anon",
        "AC Adult Child Focus|Y Alateen|AA Concurrent with AA|LGBTQIA LGBTQ|POA Parents of Alcoholics|YA Young People",
    ),
    "ca": ("Cocaine Anonymous", "BUS Business"),
    "cea-how": (
        "Compulsive Eaters Anonymous",
        "AACOA AA Comes of Age|BOOK Book Study|CTB Came to Believe|MAINT Maintenance|PROM Promises|RANDR Relapse and Recovery",
    ),
    "cma": ("Crystal Meth Anonymous", ""),
    "coda": (
        "Co-Dependents Anonymous",
        "B Book Study|H Chips|DLY Daily|QA Questions & Answers|READ Reading|SHARE Sharing|TEEN Teens|WRITE Writing",
    ),
    "da": (
        "Debtors Anonymous",
        "AB Abundance|AR Artist|B Business Owner|CL Clutter|N Numbers|P Prosperity|TI Time|TO Toolkit|V Vision",
    ),
    "daa": ("Drug Addicts Anonymous", "SS Step Speaker|YP Young People"),
    "eda": (
        "Eating Disorders Anonymous",
        "BEG Newcomer|CC Chair's Choice|RF Format Varies|TO Topic|WR Writing",
    ),
    "ga": (
        "Gamblers Anonymous",
        "20 20 Questions|GAA Combined with Gam-Anon|COM Comment|CRC Cross Comment|GAM Gam-Anon|PAR Parking|TOP Topic",
    ),
    "ha": ("Heroin Anonymous", _NA),
    "ma": ("Marijuana Anonymous", "BEG Newcomer"),
    "na": ("Narcotics Anonymous", _NA),
    "oa": (
        "Overeaters Anonymous",
        "11TH 11th Step Meditation|90D 90 Day|AIB Ask-It-Basket|FT For Today|LI Lifeline|MAIN Maintenance|SD Discussion|TEEN Teens|TOOL Tools|WORK Work Book Study|WRIT Writing",
    ),
    "pal": ("Parents of Addicted Loved Ones", ""),
    "rca": ("Recovering Couples Anonymous", ""),
    "rd": ("Recovery Dharma", _DHARMA),
    "rr": ("Refuge Recovery", _DHARMA),
    "sa": ("Sexaholics Anonymous", "B Book Study|MI Mixed|PP Primary Purpose"),
    "saa": ("Sex Addicts Anonymous", ""),
    "sca": ("Sexual Compulsives Anonymous", "H Chips|GL Graphic Language|COURT Proof of Attendance"),
    "sg": ("Support Groups", None),
    "sia": (
        "Survivors of Incest Anonymous",
        "GQ Non-Binary|OSH Open Share Format|RIT Ritual Abuse|STW Steps Workshop|TR Turkish|UA Ukrainian",
    ),
    "slaa": (
        "Sex and Love Addicts Anonymous",
        "AN Anorexia Focus|B Book Study|H Chips|GC Getting Current|HR Healthy Relationships|NC Newcomer|PRI Prison",
    ),
    "ua": ("Underearners Anonymous", "BIPOC People of Color|ES Spanish|T Tools"),
    "va": ("Violence Anonymous", ""),
}
PROGRAMS = {code: name for code, (name, _) in _PROGRAMS.items()}


# What a program is about, in our own list of topics.
_TOPICS = {
    "aa": "alcohol", "aca": "family-of-drinker childhood", "al-anon": "family-of-drinker", "ca": "drugs", "cea-how": "eating",
    "cma": "drugs", "coda": "codependency", "da": "debt", "daa": "drugs", "eda": "eating", "ga": "gambling", "ha": "drugs", "ma": "drugs",
    "na": "drugs", "oa": "eating", "pal": "family-of-drinker", "rca": "mutual-recovery", "rd": "mutual-recovery", "rr": "mutual-recovery",
    "sa": "sex-love", "saa": "sex-love", "sca": "sex-love", "sia": "sexual-violence", "slaa": "sex-love", "ua": "debt",
    "va": "relationship-abuse",
}  # fmt: skip
# Which kind of meeting it is, the first that fits.
_STRUCTURES = (
    ("speaker", re.compile(r"speaker")),
    ("steps", re.compile(r"\bsteps?\b|tradition|12 steps|concepts")),
    ("meditation", re.compile(r"meditation|mindfulness")),
    (
        "reading",
        re.compile(
            r"book|literature|reading|text|study|reflections|just for today|living clean|sees it|grapevine|guide"
        ),
    ),
    ("topic", re.compile(r"discussion|topic|question|basket")),
    ("open talk", re.compile(r"shar(?:e|ing)|round robin|open share")),
    ("activity", re.compile(r"writing|outdoor|breakfast|workshop")),
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a set of types says about a meeting."""

    openness: str = ""
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    structure: str = ""
    topics: tuple[str, ...] = ()
    online: bool = False
    in_person: bool = False
    closed: bool = False


_OPENNESS = {
    "open": "open",
    "families friends and observers welcome": "open",
    "closed": "members",
    "families and friends only": "members",
}
_ACCESS = {
    "wheelchair access": "step_free",
    "wheelchair accessible": "step_free",
    "wheelchair": "step_free",
    "handicapped accessible": "step_free",
    "wheelchair-accessible bathroom": "accessible_toilet",
    "american sign language": "sign_language",
    "sign language": "sign_language",
    "asl": "sign_language",
    "quebec sign language": "sign_language",
    "russian sign language": "sign_language",
    "babysitting available": "childcare",
    "child care available": "childcare",
    "childcare": "childcare",
    "parking": "parking",
    "public transportation": "bus",
}
_ONLINE = {
    "online meeting",
    "online",
    "online (only)",
    "virtual meeting",
    "virtual meeting-online/phone",
    "virtual web meeting",
    "hybrid",
    "hybrid meeting",
    "hybrid physical/virtual",
}
_IN_PERSON = {"hybrid", "hybrid meeting", "hybrid physical/virtual", "face 2 face"}
_CLOSED = {
    "location temporarily closed",
    "temporary closure",
    "temporarily closed",
    "temporary closed",
    "temporarily closed facility",
}
_TONGUES = {name.lower(): code for code, _, name in LANGUAGES} | {
    "espanol": "es",
    "español": "es",
    "arabic language": "ar",
    "persian / farsi": "fa",
    "english speaking": "en",
}
_SILENT = {
    "face 2 face",
    "no smoking",
    "non-smoking",
    "proof of attendance",
    "digital basket",
    "parking",
    "public transportation",
}


def _pairs(listed: str) -> dict[str, str]:
    rows = (row.partition(" ") for row in listed.replace("\n", "|").split("|") if row.strip())
    return {code: name.strip() for code, _, name in rows}


@lru_cache(maxsize=64)
def names_of(program: str) -> dict[str, str]:
    """Code and English name for a program. Support groups ("sg") have no codes; a program nobody knows has the shared list."""
    _, own = _PROGRAMS.get(program, ("", ""))
    if own is None:
        return {}
    return {short: name for _, short, name in LANGUAGES} | _pairs(_SHARED) | _pairs(own)


def meaning_of(names: Iterable[str]) -> Meaning:
    """What English names of types say; one that says nothing in particular stays as a word."""
    return _meaning(tuple(names))


@lru_cache(maxsize=4096)
def _meaning(names: tuple[str, ...]) -> Meaning:
    said = [name.strip().lower() for name in names if name.strip()]
    words = tuple(dict.fromkeys(name for name in said if _is_word(name)))
    opennesses = [_OPENNESS[name] for name in said if name in _OPENNESS]
    return Meaning(
        # A meeting that says it is both is meant for members: better asked once too often.
        openness="members" if "members" in opennesses else "".join(opennesses[:1]),
        languages=tuple(dict.fromkeys(_TONGUES[name] for name in said if name in _TONGUES)),
        access=tuple(dict.fromkeys(_ACCESS[name] for name in said if name in _ACCESS)),
        words=words,
        structure=structure_of(words),
        topics=tuple(dict.fromkeys(topic for word in words for topic in ids_of(word))),
        online=any(name in _ONLINE for name in said),
        in_person=any(name in _IN_PERSON for name in said),
        closed=any(name in _CLOSED for name in said),
    )


def structure_of(words: Iterable[str]) -> str:
    """The kind of meeting these words speak of, or ""."""
    said = list(words)
    return next((kind for kind, pattern in _STRUCTURES if any(pattern.search(word) for word in said)), "")


def topics_of(program: str) -> tuple[str, ...]:
    """Our topics for a program."""
    return tuple(_TOPICS.get(program, "").split())


def _is_word(name: str) -> bool:
    return not any(name in known for known in (_OPENNESS, _ACCESS, _TONGUES, _ONLINE, _CLOSED, _SILENT))


def read_types(written: Iterable[str], program: str) -> Meaning:
    """What codes, or English names, mean in a program."""
    names = names_of(program)
    return meaning_of(
        names.get(word.strip().upper(), names.get(word.strip(), _name_only(word))) for word in written
    )


def _name_only(word: str) -> str:
    return word if any(letter.islower() for letter in word) else ""  # a code nobody knows says nothing


def codes_of(languages: Iterable[str], openness: str, access: Iterable[str]) -> list[str]:
    """The shared list's codes for what we know, to publish."""
    found = [_BY_LANGUAGE[language] for language in languages if language in _BY_LANGUAGE]
    found += [{"open": "O", "members": "C"}[openness]] if openness in ("open", "members") else []
    found += [code for need, code in _CODES_OF_ACCESS.items() if need in access]
    return found


_CODES_OF_ACCESS = {"step_free": "X", "accessible_toilet": "XB", "sign_language": "ASL", "childcare": "BA"}


def shared_codes(written: Iterable[str], program: str) -> list[str]:
    """Those of a program's codes that mean the same in the shared list."""
    own, shared = names_of(program), _pairs(_SHARED)
    return [code for code in written if code in shared and own.get(code) == shared[code]]
