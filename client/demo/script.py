"""What the demo's groups say: one TOML file for each in groups/, read into scenes and looked over before anybody plays.

docs/running.md says how such a file is written.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client.agreement import MODELS
from client.trouble import Trouble
from holdspace.sealing.body import HELP_WANTED, MAX_PHRASE, MAX_TEXT

FOLDER = Path(__file__).with_name("groups")
LANGUAGES = {"ar", "de", "en", "es", "fr", "pl", "pt", "tr", "uk"}
KNOWN = {"name", "meets", "language", "reviewed_by_native_speaker", "model", "agreement", "people", "scenes"}
MEETS = {"in person", "online", "in writing"}
# What may happen. Each scene has exactly one of these.
COME, GUIDE, LEAVE, KNOCK, SHARE, CHAT = "come", "guide", "leave", "knock", "share", "chat"
DOINGS = (COME, GUIDE, LEAVE, KNOCK, SHARE, CHAT)
BESIDE = {SHARE: {"by", "help", "more", "replies", "here"}, CHAT: {"by"}}


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one person; `is_part` where they go on with their own share."""

    by: str
    text: str
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that happens: somebody shares and is answered, somebody chats, or people come, guide, leave, or knock and wait.

    `here` are those who are present at a share, with a few words or without; `more` says that its author is not done.
    """

    doing: str
    people: tuple[str, ...] = ()
    said: Said = field(default_factory=lambda: Said("", ""))
    help_wanted: str | None = None
    more: bool = False
    replies: tuple[Said, ...] = ()
    here: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """A group: `people` is sign-in name to name in this group, and the first of them founds it."""

    file: str
    name: str
    meets: str
    language: str
    model: str
    agreement: str
    people: dict[str, str]
    scenes: tuple[Scene, ...]

    @property
    def founder(self) -> str:
        """The sign-in name of who starts it."""
        return next(iter(self.people))


def scripts(folder: Path = FOLDER) -> list[Script]:
    """Every group of a folder, without a mistake; the first mistake is `Trouble` with its file's name."""
    found = [read(path) for path in sorted(folder.glob("*.toml"))]
    for script in found:
        for mistake in mistakes(script):
            raise Trouble("script", f"{script.file}: {mistake}")
    return found


def read(path: Path) -> Script:
    """One file."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        return _script(path.name, told)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as wrong:
        raise Trouble("script", f"{path.name}: {wrong}") from None


def mistakes(script: Script) -> Iterator[str]:
    """What does not hold together: who speaks belongs at that time, and nothing needs what is not there."""
    here, gone = {script.founder}, set[str]()
    knocking = False
    for number, scene in enumerate(script.scenes, 1):
        strangers = _speakers(scene) - here
        if scene.doing in (COME, KNOCK):
            strangers |= set(scene.people) & here
            strangers |= set(scene.people) - set(script.people)
        if strangers:
            yield f"scene {number}: {', '.join(sorted(strangers))} can't do that at this time"
        yield from (f"scene {number}: {wrong}" for wrong in _slips(scene))
        if knocking and scene.doing == COME:
            yield f"scene {number}: who comes is admitted together with who knocked, so nobody comes after a knock"
        knocking = knocking or scene.doing == KNOCK
        here |= set(scene.people) if scene.doing == COME else set()
        gone |= set(scene.people) if scene.doing in (LEAVE, KNOCK) else set()
        here -= gone
    if never := set(script.people) - here - gone:
        yield f"{', '.join(sorted(never))} never come"


def _slips(scene: Scene) -> Iterator[str]:
    author, present = scene.said.by, [each.by for each in scene.here]
    if any(each.is_part and each.by != author for each in scene.replies):
        yield "only who shared goes on with it"
    if author in present or len(set(present)) < len(present):
        yield "nobody is present at their own share, or twice"


def _speakers(scene: Scene) -> set[str]:
    """Who must belong when a scene begins."""
    speaking = {said.by for said in (scene.said, *scene.replies, *scene.here) if said.by}
    return speaking | (set(scene.people) if scene.doing in (GUIDE, LEAVE) else set())


def _script(file: str, told: dict[str, Any]) -> Script:
    language, meets, model = told["language"], told["meets"], told["model"]
    _expect(set(told) <= KNOWN, f"unknown: {', '.join(sorted(set(told) - KNOWN))}")
    _expect(language in LANGUAGES, f"the language {language!r} is not one of {sorted(LANGUAGES)}")
    _expect(language == "en" or "reviewed_by_native_speaker" in told, "say reviewed_by_native_speaker")
    _expect(meets in MEETS, f"meets is one of {sorted(MEETS)}")
    _expect(model in MODELS, f"model is one of {sorted(MODELS)}")
    scenes = tuple(_scene(each) for each in told["scenes"])
    return Script(
        file, told["name"], meets, language, model, told["agreement"].strip(), told["people"], scenes
    )


def _scene(told: dict[str, Any]) -> Scene:
    doings = [each for each in DOINGS if each in told]
    _expect(len(doings) == 1, f"a scene has one of {', '.join(DOINGS)}: {told}")
    doing = doings[0]
    unknown = set(told) - {doing} - BESIDE.get(doing, set())
    _expect(not unknown, f"unknown in a scene: {', '.join(sorted(unknown))}")
    if doing not in BESIDE:
        return Scene(doing, tuple(told[doing]))
    wanted = told.get("help")
    _expect(wanted is None or wanted in HELP_WANTED, f"{wanted!r} is nothing that would help")
    replies = tuple(
        _said(each["by"], each["text"], is_part=each.get("part", False)) for each in told.get("replies", [])
    )
    here = tuple(_present(each["by"], each.get("text", "")) for each in told.get("here", []))
    return Scene(doing, (), _said(told["by"], told[doing]), wanted, told.get("more", False), replies, here)


def _present(by: str, phrase: str) -> Said:
    _expect(len(phrase) <= MAX_PHRASE, f"{by} is there with a phrase that is too long")
    return Said(by, phrase)


def _said(by: str, text: str, *, is_part: bool = False) -> Said:
    words = text.strip()
    _expect(0 < len(words) <= MAX_TEXT, f"{by} says nothing, or more than fits")
    return Said(by, words, is_part)


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
