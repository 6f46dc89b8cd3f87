"""Cases about accounts: passphrases, seeds, paper codes, session seal, keyring (TV-1, 2, 3, 17, 18)."""

from typing import Any

from holdspace.sealing import keyring, keys, local_record, paper_code, passphrase, session_seal, slots, wrap
from holdspace.sealing.codec import u32
from holdspace.sealing.primitives import ae_seal, label
from tests.vectors.stream import Stream

Case = dict[str, Any]
Cases = dict[str, Case]

PASSPHRASES = {
    "nbsp and umlaut": ("Ka\u0308fer\u00a0im Regen \u2013 7 Tassen Tee", passphrase.CHOSEN),
    "emoji and right to left": ("\U0001f327\ufe0f \u0645\u0637\u0631 \u2003 rain", passphrase.CHOSEN),
    "spaces at both ends stay": ("  river lantern oat seven harbor ", passphrase.GENERATED),
    "five words": ("abacus drop-down yo-yo zoom t-shirt", passphrase.GENERATED),
}


def passphrase_cases() -> Cases:
    """TV-1."""
    cases = {name: _passphrase_case(name, *each) for name, each in PASSPHRASES.items()}
    cases["profile 0"] = {"passphrase": "x", "salt": bytes(16), "profile": 0, "code": "kdf-floor"}
    cases["profile 3"] = {"passphrase": "x", "salt": bytes(16), "profile": 3, "code": "kdf-floor"}
    cases["empty"] = {"passphrase": "", "salt": bytes(16), "profile": 1, "code": "passphrase-bad"}
    cases["too long"] = {
        "passphrase": "\u00e9" * 257,
        "salt": bytes(16),
        "profile": 1,
        "code": "passphrase-bad",
    }
    cases["half a sign"] = {"passphrase": "\ud83c", "salt": bytes(16), "profile": 1, "code": "passphrase-bad"}
    return cases


def _passphrase_case(name: str, text: str, profile: int) -> Case:
    stream = Stream(name)
    account_id, salt = stream.id(), stream.id()
    stretched = passphrase.stretch(text, salt, profile)
    return {
        "passphrase": text,
        "salt": salt,
        "profile": profile,
        "account_id": account_id,
        "bytes": passphrase.normalise(text),
        "stretched": stretched,
        "auth_key": passphrase.auth_key(stretched, account_id),
        "wrap_key": passphrase.wrap_key(stretched, account_id),
    }


def wrap_cases() -> Cases:
    """TV-2: a seed wrapped, and everything that may be wrong with it."""
    stream = Stream("wrap")
    account_id, seed, key, nonce = stream.id(), stream.take(32), stream.take(32), stream.take(12)
    pairs = keys.account_keys(seed)
    wrapped = wrap.wrap_seed(seed, key, account_id, wrap.PASSPHRASE, nonce=nonce)
    good: Case = {
        "wrapped": wrapped,
        "key": key,
        "account_id": account_id,
        "method": wrap.PASSPHRASE,
        "x_pub": pairs.x_pub,
        "e_pub": pairs.e_pub,
    }
    other = keys.account_keys(stream.take(32))
    return {
        "opens": good | {"nonce": nonce, "seed": seed, "number": 1},
        "a former seed": _former_case(),
        "another key": good | {"key": stream.take(32), "code": "wrong-key"},
        "another public key": good | {"x_pub": other.x_pub, "code": "wrong-key"},
        "another account": good | {"account_id": stream.id(), "code": "key-mismatch"},
        "another method": good | {"method": wrap.RECOVERY, "code": "key-mismatch"},
        "crafted for other keys": _crafted(good, stream) | {"code": "key-mismatch"},
        "cut": good | {"wrapped": wrapped[:-1], "code": "format"},
        "newer": good | {"wrapped": b"HW\x02" + wrapped[3:], "code": "version"},
        "unknown method": good | {"wrapped": b"HW\x01\x09" + wrapped[4:], "code": "version"},
        "flipped": good | {"wrapped": wrapped[:-1] + bytes([wrapped[-1] ^ 1]), "code": "wrong-key"},
    }


def _former_case() -> Case:
    """A seed that another took the place of, kept under that one."""
    stream = Stream("former seed")
    account_id, former, seed, nonce = stream.id(), stream.take(32), stream.take(32), stream.take(12)
    key, pairs = wrap.former_key(seed, account_id), keys.account_keys(former)
    wrapped = wrap.wrap_numbered(former, key, (account_id, wrap.FORMER, 3), nonce=nonce)
    public = {"x_pub": pairs.x_pub, "e_pub": pairs.e_pub}
    made = {"nonce": nonce, "seed": former, "number": 3, "under": seed}
    return {"wrapped": wrapped, "key": key, "account_id": account_id, "method": wrap.FORMER} | public | made


def _crafted(good: Case, stream: Stream) -> Case:
    """A blob that opens, of a seed that does not make the keys it is bound to."""
    head = good["wrapped"][:36]
    associated = head + good["x_pub"] + good["e_pub"]
    sealed = ae_seal(good["key"], head[24:], associated, stream.take(32))
    return good | {"wrapped": head + sealed}


def key_cases() -> Cases:
    """TV-3: keys of the account and of two groups."""
    stream = Stream("keys")
    seed, account_id, group, other = stream.take(32), stream.id(), stream.id(), stream.id()
    cases: Cases = {
        "account": {"seed": seed, **_pairs(keys.account_keys(seed))},
        "keyring": {"seed": seed, "account_id": account_id, "key": keys.keyring_key(seed, account_id)},
    }
    for name, of, gen in (("group", group, 1), ("group, again", group, 2), ("another group", other, 1)):
        cases[name] = {"seed": seed, "group": of, "gen": gen, **_pairs(keys.group_keys(seed, of, gen))}
    return cases


def _pairs(pairs: keys.KeyPairs) -> Case:
    return {"x": pairs.x, "e": pairs.e, "x_pub": pairs.x_pub, "e_pub": pairs.e_pub}


def slot_cases() -> Cases:
    """The server's half, for the record: browsers never see it."""
    cases: Cases = {}
    for name, method in (("passphrase", wrap.PASSPHRASE), ("recovery", wrap.RECOVERY)):
        stream = Stream("slot " + name)
        given = {"pepper": stream.take(32), "auth_key": stream.take(32), "salt2": stream.id()}
        verifier, outer = slots.split(given["pepper"], given["auth_key"], given["salt2"], method=method)
        account_id, nonce, wrapped = stream.id(), stream.take(12), stream.take(32)
        stored = slots.store(outer, account_id, wrapped, method=method, nonce=nonce)
        made = {"method": method, "verifier": verifier, "outer": outer, "account_id": account_id}
        cases[name] = {**given, **made, "nonce": nonce, "wrapped": wrapped, "stored": stored}
    return cases


def paper_code_cases() -> Cases:
    """TV-17."""
    stream = Stream("paper")
    secret, account_id = stream.id(), stream.id()
    cases: Cases = {}
    for kind in (paper_code.RECOVERY, paper_code.STEWARD):
        code = paper_code.write_code(secret, kind)
        other = {"recovery": "steward", "steward": "recovery"}[kind]
        cases[kind] = {"kind": kind, "text": code, "secret": secret, "canonical": True}
        cases[f"{kind}, as typed"] = {"kind": kind, "text": _as_typed(code), "secret": secret}
        cases[f"{kind}, cut"] = {"kind": kind, "text": code[:-1], "code": "code-damaged"}
        cases[f"{kind}, a sign too many"] = {"kind": kind, "text": code + "0", "code": "code-damaged"}
        cases[f"{kind}, a slip"] = {"kind": kind, "text": _slip(code), "code": "code-damaged"}
        cases[f"{kind}, spare bits"] = {"kind": kind, "text": code[:-1] + "1", "code": "code-damaged"}
        cases[f"{kind}, a sign of no alphabet"] = {
            "kind": kind,
            "text": "U" + code[1:],
            "code": "code-damaged",
        }
        cases[f"{kind}, of the other sheet"] = {"kind": other, "text": code, "code": "code-damaged"}
    cases["zeros and ones"] = _zeros_and_ones()
    cases["what a recovery code makes"] = {
        "secret": secret,
        "account_id": account_id,
        "auth": paper_code.recovery_auth(secret, account_id),
        "wrap": paper_code.recovery_wrap(secret, account_id),
        "steward_seed": paper_code.steward_seed(secret),
    }
    return cases


def _as_typed(code: str) -> str:
    return " " + code.lower().replace("-", " ") + "\n"


def _slip(code: str) -> str:
    return ("2" if code[0] != "2" else "3") + code[1:]


def _zeros_and_ones() -> Case:
    """O for 0, I and L for 1, in a code that has both."""
    secret = bytes.fromhex("00443214c74254b635cf84653a56d7c6")
    code = paper_code.write_code(secret, paper_code.RECOVERY)
    typed = code.replace("0", "o").replace("1", "I", 1).replace("1", "l")
    return {"kind": paper_code.RECOVERY, "text": typed, "secret": secret}


def session_cases() -> Cases:
    """TV-18: opened with the share, and dead without it."""
    stream = Stream("session")
    seed, account_id, share, tab, nonce = (stream.take(size) for size in (32, 16, 32, 32, 12))
    kept = session_seal.seal_session(seed, account_id, share, fixed=(tab, nonce))
    good: Case = {"kept": kept, "account_id": account_id, "share": share}
    return {
        "opens": good | {"tab": tab, "nonce": nonce, "seed": seed},
        "another share": good | {"share": stream.take(32), "code": "locked"},
        "another account": good | {"account_id": stream.id(), "code": "locked"},
        "another tab": good | {"kept": stream.take(32) + kept[32:], "code": "locked"},
        "cut": good | {"kept": kept[:-1], "code": "locked"},
        "longer": good | {"kept": kept + b"\0", "code": "locked"},
        "empty": good | {"kept": b"", "code": "locked"},
    }


def _seen_case() -> Case:
    """A keyring that says since when its person's devices know of two who came back."""
    stream = Stream("keyring with returns")
    key, group, nonce = stream.take(32), stream.id(), stream.take(12)
    seen = {group: {9: 1_790_000_000_000, 21: 2**53 - 1}}
    blob = keyring.seal_keyring(keyring.Keyring(8, {}, {group: 2}, seen), key, nonce=nonce)
    told = [{"group": group, "seq": seq, "ms": ms} for seq, ms in seen[group].items()]
    gens = [{"group": group, "gen": 2}]
    made = {"counter": 8, "pins": [], "gens": gens, "seen": told}
    return {"blob": blob, "key": key, "nonce": nonce} | made


def own_device_cases() -> Cases:
    """The same on a device of one's own: bound to its id, and the proof of its code."""
    stream = Stream("own device")
    seed, account_id, share, tab, nonce, device = (stream.take(size) for size in (32, 16, 32, 32, 12, 16))
    kept = session_seal.seal_session(seed, account_id, share, device=device, fixed=(tab, nonce))
    good: Case = {"kept": kept, "account_id": account_id, "share": share, "device": device}
    digits = "042917"
    auth = session_seal.code_auth(kept, account_id, device, digits)
    return {
        "opens": good | {"tab": tab, "nonce": nonce, "seed": seed, "digits": digits, "code_auth": auth},
        "another share": good | {"share": stream.take(32), "code": "locked"},
        "another device": good | {"device": stream.id(), "code": "locked"},
        "no device": good | {"device": b"", "code": "locked"},
        "another account": good | {"account_id": stream.id(), "code": "locked"},
    }


def keyring_cases() -> Cases:
    """A keyring with two groups, an empty one, and what is refused."""
    stream = Stream("keyring")
    key, first, second, nonce = stream.take(32), stream.id(), stream.id(), stream.take(12)
    pins = {first: (12, stream.id()), second: (0, stream.id())}
    ring = keyring.Keyring(7, pins, {first: 1, second: 3})
    blob = keyring.seal_keyring(ring, key, nonce=nonce)
    good: Case = {"blob": blob, "key": key}
    listed = [{"group": group, "seq": seq, "head16": head16} for group, (seq, head16) in pins.items()]
    gens = [{"group": group, "gen": gen} for group, gen in ring.gens.items()]
    older = blob[:4] + bytes(7) + b"\x06" + blob[12:]
    return {
        "opens": good | {"nonce": nonce, "counter": 7, "pins": listed, "gens": gens},
        "who came back": _seen_case(),
        "who asked without a link": _requests_case(),
        "another key": good | {"key": stream.take(32), "code": "damaged"},
        "counter changed": good | {"blob": older, "code": "damaged"},
        "newer": good | {"blob": b"HK\x02" + blob[3:], "code": "version"},
        "cut": good | {"blob": blob[:40], "code": "format"},
    }


def _requests_case() -> Case:
    """Where this person asked, with the title of each listing."""
    stream = Stream("keyring with requests")
    key, nonce = stream.take(32), stream.take(12)
    asked = {
        stream.id(): (stream.id(), "Night walkers"),
        stream.id(): (stream.id(), "\u0645\u0634\u0627\u0629 \U0001f33b"),
    }
    blob = keyring.seal_keyring(keyring.Keyring(3, requests=asked), key, nonce=nonce)
    listed = [
        {"group": group, "request": request, "title": title} for group, (request, title) in asked.items()
    ]
    return {
        "blob": blob,
        "key": key,
        "nonce": nonce,
        "counter": 3,
        "pins": [],
        "gens": [],
        "requests": listed,
    }


def local_cases() -> Cases:
    """A record on the device: its two keys, its place, its bytes, and what is refused."""
    stream = Stream("local")
    seed, account_id, group, nonce = stream.take(32), stream.id(), stream.id(), stream.take(12)
    made = local_record.local_keys(seed, account_id)
    place = local_record.record_place(made, 2, group, 7)
    plain = b"what was said, as it came"
    record = local_record.seal_record(made, place, plain, nonce=nonce)
    good: Case = {"seed": seed, "account_id": account_id, "sort": 2, "about": group, "number": 7}
    good |= {"seal": made.seal, "names": made.names, "place": place, "record": record}
    longer = plain * 20
    return {
        "opens": good | {"nonce": nonce, "plain": plain},
        "longer": good
        | {
            "record": local_record.seal_record(made, place, longer, nonce=nonce),
            "nonce": nonce,
            "plain": longer,
        },
        "of another number": good | _at(made, group, 2, 8, record) | {"code": "damaged"},
        "of another sort": good | _at(made, group, 3, 7, record) | {"code": "damaged"},
        "of another group": good | _at(made, stream.id(), 2, 7, record) | {"code": "damaged"},
        "of another account": good | _of_another(stream, group, record) | {"code": "damaged"},
        "flipped": good | {"record": record[:-1] + bytes([record[-1] ^ 1]), "code": "damaged"},
        "newer": good | {"record": b"HR\x02" + record[3:], "code": "version"},
        "not ours": good | {"record": b"HK" + record[2:], "code": "format"},
        "cut": good | {"record": record[:31], "code": "format"},
        "a length that lies": good | {"record": _lying(made, place, nonce), "code": "padding"},
    }


def _at(made: local_record.LocalKeys, about: bytes, sort: int, number: int, record: bytes) -> Case:
    """The same record, put where another belongs."""
    place = local_record.record_place(made, sort, about, number)
    return {"sort": sort, "about": about, "number": number, "place": place, "record": record}


def _of_another(stream: Stream, group: bytes, record: bytes) -> Case:
    seed, account_id = stream.take(32), stream.id()
    made = local_record.local_keys(seed, account_id)
    keys_of = {"seed": seed, "account_id": account_id, "seal": made.seal, "names": made.names}
    return keys_of | _at(made, group, 2, 7, record)


def _lying(made: local_record.LocalKeys, place: bytes, nonce: bytes) -> bytes:
    """Properly sealed, with a length that goes past its end."""
    head = local_record.HEAD
    return head + nonce + ae_seal(made.seal, nonce, label("local") + head + place, u32(253) + bytes(252))
