"""The tests of what rests on a device can fail: in a copy of the code, each check is taken away once, and a test says which one is missed.

A mutant that only hangs or does not load proves nothing: it has to be an assertion that goes red, within the time the whole takes.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.running import BASE

SECONDS = 60
LOCAL, COPY = "browser/local/records.test.js", "browser/conversations/copy.test.js"
KEPT, FALSE = "browser/groups/kept.test.js", "browser/groups/false_key.test.js"
MODE, DEVICE = "browser/accounts/device_mode.test.js", "browser/accounts/own_device.test.js"
RING, STORE = "browser/accounts/keyring_store.test.js", "browser/accounts/keyring_store.js"
RECORD, RECORDS = "browser/sealing/local_record.js", "browser/local/writing.js"
BOTH, COPYING = "browser/local/both_shelves.js", "browser/conversations/copying.js"
GROUP, EPOCHS = "browser/groups/group.js", "browser/groups/epochs.js"
OWN, SEAL = "browser/accounts/own_device.js", "browser/sealing/session_seal.js"


class Mutation(NamedTuple):
    """In `file`, `words` (exactly so, exactly once) become `instead`; then a test in `seen_by` is red."""

    file: str
    words: str
    instead: str
    seen_by: str


MUTATIONS: dict[str, Mutation] = {
    # What rests on the disk
    "a record is bound to no place": Mutation(
        RECORD, 'concat(label("local"), HEAD, place)', 'concat(label("local"), HEAD)', LOCAL
    ),
    "one damaged record hides the others": Mutation(
        RECORDS, "if (why instanceof SealError) return null;", "", LOCAL
    ),
    "the tab's older words lead": Mutation(
        BOTH,
        "await Promise.all(entries.map(([place], i) => this.#removeFromTab(place, before[i])));",
        "",
        LOCAL,
    ),
    "a full device loses words": Mutation(BOTH, "return this.#tab.put(entries);", "return undefined;", LOCAL),
    "a damaged copy stays": Mutation(
        COPYING, "else if (isDamaged(why)) await", "else if (false) await", COPY
    ),
    "a hole is kept": Mutation(COPYING, "known.last >= after && ", "", COPY),
    "a hole is kept in front": Mutation(COPYING, "if (!known || before < known.first) return;", "", COPY),
    "words taken back rest": Mutation(COPYING, "rows.filter((row) => !isOld(row))", "rows", COPY),
    "a removed member keeps the copy": Mutation(
        COPYING, "others.map((group) => new Copying(records, group).forget())", "[]", COPY
    ),
    "what was changed on its way stays": Mutation(
        COPYING, "(each) => seqOf(each) !== seq", "() => true", COPY
    ),
    # What is believed of it
    "a shorter list is believed": Mutation(GROUP, ') this.report("log-rollback");', ");", KEPT),
    "another branch is believed": Mutation(GROUP, 'this.report("fork");', "", KEPT),
    "a kept list is believed": Mutation(GROUP, "if (failed) throw failed;\n        await", "await", KEPT),
    "somebody else's place is believed": Mutation(GROUP, "await this.#pins.checkSelf();", "", KEPT),
    "the server says who one is": Mutation(
        GROUP, "if (this.#log && !same(answer.member, this.me))", "if (false)", KEPT
    ),
    "the keyring's pins are not asked": Mutation(GROUP, "await this.#pins.check();", "", KEPT),
    "a false key stays": Mutation(EPOCHS, "known ? !same(known, box) : ", "", KEPT),
    # Whose device it is
    "a shared device keeps things": Mutation(
        "browser/accounts/device_mode.js", " && !isShared();", ";", MODE
    ),
    "before sign-in things are kept": Mutation(
        "browser/accounts/device_mode.js", 'document.body.dataset["device"] === "kept" && ', "", MODE
    ),
    "an older keyring is believed": Mutation(
        STORE, 'if (keyring.counter < this.#seen) throw new SealError("log-rollback");', "", RING
    ),
    # A code of six digits
    "a code anybody tries first": Mutation(
        OWN, 'steps.every((step) => step === steps[0] && Math.abs(step) <= 1) ? "easy" : ""', '""', DEVICE
    ),
    "a shared device keeps the seed": Mutation(
        OWN, 'if (!mayKeepOnDevice()) throw new SealError("not-found");', "", DEVICE
    ),
    "the seed's bytes stay": Mutation(OWN, "seed.fill(0);", "", DEVICE),
    "the digits are sent": Mutation(
        OWN,
        "const code = toB64url(await codeAuth(kept, accountId, device, digits));\n  const { share }",
        "const code = digits;\n  const { share }",
        DEVICE,
    ),
    "another account's device is asked about": Mutation(
        OWN, "toB64url(kept.accountId) === accountId && ", "", DEVICE
    ),
    "a device the server has no code for": Mutation(
        OWN, " && toB64url(kept.device) === deviceId ? kept : null", " ? kept : null", DEVICE
    ),
    "a wrong half looks like a slip": Mutation(
        OWN,
        'throw new SealError("key-mismatch");\n  }\n}',
        'throw new SealError("wrong-code");\n  }\n}',
        DEVICE,
    ),
    "keys are bound to no device": Mutation(
        SEAL, "sessionKey(tab, share, concat(accountId, device))", "sessionKey(tab, share, accountId)", DEVICE
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The browser's modules and what their tests stand on."""
    folder = tmp_path_factory.mktemp("mutants")
    shutil.copytree(BASE / "browser", folder / "browser")
    shutil.copytree(BASE / "tests" / "vectors", folder / "tests" / "vectors")
    for name in ("package.json", "tests/pretend_storage.js"):
        shutil.copy(BASE / name, folder / name)
    (folder / "node_modules").symlink_to(BASE / "node_modules")
    return folder


def red(folder: Path, test: str) -> list[str]:
    """The names of the tests that fail. A file that does not load or does not end fails this test, too."""
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", test],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert "SyntaxError" not in done.stdout, done.stdout
    assert re.search(r"^# cancelled 0$", done.stdout, re.MULTILINE), done.stdout
    found = re.findall(r"^ *not ok \d+ - (.+)$", done.stdout, re.MULTILINE)
    return [name for name in found if not name.endswith(".test.js")]


@pytest.mark.parametrize("test", sorted({each.seen_by for each in MUTATIONS.values()}))
def test_with_every_check_in_its_place_all_is_well(copy: Path, test: str) -> None:
    assert red(copy, test) == []


@pytest.mark.parametrize("which", MUTATIONS)
def test_without_it(copy: Path, which: str) -> None:
    file, words, instead, seen_by = MUTATIONS[which]
    place = copy / file
    whole = place.read_text()
    assert whole.count(words) == 1, f"{file} no longer reads as this test thinks"
    place.write_text(whole.replace(words, instead))
    try:
        assert red(copy, seen_by), "no test misses it"
    finally:
        place.write_text(whole)
