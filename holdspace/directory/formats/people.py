"""Words that seem to name a member, or hold a phone number or address of one. They are held back until a person has read them.

Held against a hand-labelled sample in tests/data/people.json. When in doubt it holds back: a note that waits does
little harm, a first name with a phone in a public list of a recovery group can cost somebody their work.
"""

import re

# Codes of online rooms look like phone numbers. They are taken out before one is looked for.
_ROOM = re.compile(
    r"(?:zoom|meeting|mtg|conference|webinar|access|room|pin|pass\w*|pw|p\.w\.|id|code|https?)\W{0,3}"
    r"(?:(?:id|code|number|no|meeting|mtg|is)\b\W{0,3}){0,3}(?:[xX]{3,}\W*)?[\d\s#-]{3,20}|\w*://\S+",
    re.I,
)
_PHONE = re.compile(r"(?<![\d/])\+?\(?\d(?:[\s().\-\u2010-\u2015/]{0,3}\d){8,14}(?!\d)")
_DIGITS = re.compile(r"\d.?.?\d.?.?\d")
_SHORT_PHONE = re.compile(r"(?<![\d-])\d{3}-\d{4}(?![\d-])")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# "Sam X." is how fellowships write a member: a first name and an initial. Rooms and streets look alike ("Room C.", "Bldg A.").
_MEMBER = re.compile(
    r"\b([A-Z][a-z]{1,14}(?:[-' ][A-Z][a-z]{1,14})?) [A-Z](?:\.(?!\w)|(?= *[-:,(]? *\+?\(?\d{3}[\s.)-]?\d))"
)
_PLACES = re.compile(
    r"(?:Room|Rm|Building|Bldg|Suite|Ste|Hall|Door|Unit|Block|Floor|Gate|Lot|Wing|Area|Annex|Class|Classroom|Level"
    r"|Step|Part|Page|Group|Plan|Vitamin|Apt|Salon|Aula|Studio|Entrance|Section|Avenue|Ave|Street|St|Saint|Hwy|Route|Mt|Fort|Ft)$"
)
_ASKED = re.compile(
    r"\b(?i:call|contact(?: person)?|call or text|llamar a|llame a|ask for|phone|speak to|speak with|e-?mail|hosted by"
    r"|chaired by|led by|(?:chairperson|secretary|gsr|chair|host|facilitator):):?\s+(?:(?i:text|with|me)\s+)?"
    r"([A-Z][a-z]{2,14})\b(?!\s+(?i:church|hall|centre|center))"
)
_NOBODIES = """
The This Our Us For Church Office Area Meeting Group Website Web Site Zoom Online Front Facility Desk Reception Building Center Centre Room
Line Phone Number Helpline Ahead Before Hall Main Security Notes Note Above Below Map Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Local Region Regional Info Information Details Page Link Facebook Whatsapp Whats Email Text Call Any Your Every Please House Venue Flyer
"""
_NOBODY = frozenset(_NOBODIES.split())


def names_somebody(words: str) -> bool:
    """Whether a person should read this note before anybody else does."""
    return reaches_somebody(words) or _has_member(words)


def reaches_somebody(words: str) -> bool:
    """Whether a number or an address stands in it. All that is asked of the name of a place: houses are named after people."""
    return bool("@" in words and _MAIL.search(words)) or _has_phone(words)


def _has_phone(words: str) -> bool:
    if not _DIGITS.search(words):
        return False
    left = _ROOM.sub(" ", words)
    return bool(_PHONE.search(left) or _SHORT_PHONE.search(left))


def _has_member(words: str) -> bool:
    if any(not _PLACES.search(found[1]) for found in _MEMBER.finditer(words)):
        return True
    return any(found[1] not in _NOBODY for found in _ASKED.finditer(words))
