"""What a log adds up to, asked in words."""

from holdspace.sealing.tests.reading import cases, circle, unhex

PEOPLE = {name: unhex(id_) for name, id_ in cases("log")["circle"]["people"].items()}
AMARA, BEN, CHIDI, ELI = (PEOPLE[name] for name in ("amara", "ben", "chidi", "eli"))


def test_who_left_holds_the_key_until_somebody_re_keys() -> None:
    assert [member.id for member in circle(10).leavers()] == [AMARA]
    assert circle(11).leavers() == []
    assert circle(9).leavers() == []


def test_who_was_removed_belonged_until_the_epoch_before() -> None:
    log = circle(9)
    assert (log.active_in(ELI, 2), log.active_in(ELI, 3), log.active_in(ELI, 4)) == (True, True, False)


def test_who_left_belonged_to_the_end_of_that_epoch_and_from_the_return() -> None:
    log = circle(20)
    assert [epoch for epoch in range(9) if log.active_in(AMARA, epoch)] == [2, 3, 4, 6, 7]
    assert (log.members[AMARA].since_epoch, log.members[AMARA].until_epoch) == (6, None)


def test_nobody_belongs_to_an_epoch_that_is_not_there() -> None:
    log = circle(20)
    assert not log.active_in(BEN, 0)
    assert not log.active_in(BEN, log.epoch + 1)
    assert not log.active_in(bytes(16), 1)


def test_the_last_facilitator_is_known() -> None:
    assert circle(6).is_last_facilitator(BEN)
    assert not circle(8).is_last_facilitator(BEN)
    assert not circle(8).is_last_facilitator(CHIDI)


def test_an_older_state_stays_what_it_was() -> None:
    early = circle(5)
    members, invites = dict(early.members), dict(early.invites)
    circle(20)
    assert (early.members, early.invites) == (members, invites)


def test_names_of_things_in_a_state() -> None:
    log = circle(5)
    assert log.genesis16 == log.head16s[0]
    assert log.head16 == log.head[:16] == log.head16s[log.seq]
    assert log.epoch_commit == log.epoch_commits[log.epoch]
    assert (log.member_cap, log.steward) == (5, log.policy.steward)
