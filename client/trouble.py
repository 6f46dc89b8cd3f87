"""What can go wrong outside the sealing: each with the one sentence a person reads."""

from holdspace.sealing.errors import SENTENCES

OWN_SENTENCES = {
    "unreachable": "Nobody answers at that address. Check it, or try again later.",
    "answer": "The server gave an answer that this program does not understand.",
    "signed-out": "You are not signed in here. Use sign-up or sign-in first.",
    "home-taken": "Somebody already lives in this home. Choose another --home.",
    "home-unreadable": "A file in this home cannot be read. Choose another --home and sign in again.",
    "other-server": "This home belongs to another server. Choose another --home.",
    "no-server": "Say which server with --server.",
    "no-passphrase": "The passphrase file cannot be read.",
    "short-passphrase": "A passphrase of your own needs at least 12 characters.",
    "passphrase-exists": "The file for the new passphrase already exists. Name one that does not.",
    "not-an-id": "That is not an id. It looks like 1b4e28ba-2fa1-41d2-883f-b9a761bde3fb.",
    "no-name": "A name has 1 to 80 characters.",
    "no-text": "There are no words to send.",
    "long-text": "That is longer than 20,000 characters. Send it in parts.",
    "who": "Nobody in this group goes by that name, or more than one does. Use the id.",
    "not-facilitator": "Only a facilitator can do that.",
    "no-names": "This group's name or agreement has not reached this device yet. Try again in a moment.",
    "not-the-stewards": "That is not what the steward signed for this group as it is now. Ask for a new text.",
    "long-phrase": "A warm phrase has 1 to 80 characters.",
    "no-item": "There is nothing like that here. It may have been taken back.",
    "not-own": "Only its author can do that.",
    "own-item": "That is your own. Presence is for what others said.",
    "no-record": "That is not a record that a page of a group saved.",
    "facilitator-lost": "A facilitator's keys are not replaced here. The people who run the network end their role first.",
    "speak-first": "Speak with this person first, by voice, by video or in person. Then use --spoken.",
    "no-file": "That file cannot be read.",
}


class Trouble(Exception):
    """An outcome to tell: a code, and the sentence for it."""

    def __init__(self, code: str, sentence: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence or sentence_of(code)


def sentence_of(code: str) -> str:
    """The sentence of a code, of the sealing or of this program."""
    return OWN_SENTENCES.get(code) or SENTENCES.get(code) or "That did not work. Please try again."
