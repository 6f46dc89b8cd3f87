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
from holdspace.sealing.body import HELP_WANTED, MAX_TEXT

FOLDER = Path(__file__).with_name("groups")
LANGUAGES = {"ar", "de", "en", "es", "fr", "pl", "pt", "tr", "uk"}
KNOWN = {"name", "meets", "language", "reviewed_by_native_speaker", "model", "agreement", "people", "scenes"}
MEETS = {"in person", "online", "in writing"}
# What may happen. Each scene has exactly one of these.
COME, GUIDE, LEAVE, KNOCK, SHARE = "come", "guide", "leave", "knock", "share"
DOINGS = (COME, GUIDE, LEAVE, KNOCK, SHARE)
BESIDE = {"by", "help", "replies"}


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one person."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that happens: somebody shares and is answered, or people come, guide, leave, or knock and wait."""

    doing: str
    people: tuple[str, ...] = ()
    said: Said = field(default_factory=lambda: Said("", ""))
    help_wanted: str | None = None
    replies: tuple[Said, ...] = ()


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
        if knocking and scene.doing == COME:
            yield f"scene {number}: who comes is admitted together with who knocked, so nobody comes after a knock"
        knocking = knocking or scene.doing == KNOCK
        here |= set(scene.people) if scene.doing == COME else set()
        gone |= set(scene.people) if scene.doing in (LEAVE, KNOCK) else set()
        here -= gone
    if never := set(script.people) - here - gone:
        yield f"{', '.join(sorted(never))} never come"


def _speakers(scene: Scene) -> set[str]:
    """Who must belong when a scene begins."""
    speaking = {said.by for said in (scene.said, *scene.replies) if said.by}
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
    unknown = set(told) - {doings[0]} - (BESIDE if doings == [SHARE] else set())
    _expect(not unknown, f"unknown in a scene: {', '.join(sorted(unknown))}")
    if doings != [SHARE]:
        return Scene(doings[0], tuple(told[doings[0]]))
    wanted = told.get("help")
    _expect(wanted is None or wanted in HELP_WANTED, f"{wanted!r} is nothing that would help")
    replies = tuple(_said(each["by"], each["text"]) for each in told.get("replies", []))
    return Scene(SHARE, (), _said(told["by"], told["share"]), wanted, replies)


def _said(by: str, text: str) -> Said:
    words = text.strip()
    _expect(0 < len(words) <= MAX_TEXT, f"{by} says nothing, or more than fits")
    return Said(by, words)


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
