"""Accounts at rest (sealing.md 2.4 and 2.6). Nothing here opens a seed without a secret that never rests on this server."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.sealing.codec import to_b64url
from holdspace.ui.fields import BytesField, IdField

PASSPHRASE, RECOVERY = 1, 2


class WhoMayStart(models.TextChoices):
    """Who may start a group in this network."""

    EVERYONE = "everyone", _("Everyone with an account")
    COORDINATORS = "coordinators", _("Coordinators")


class Network(models.Model):
    """This installation: one row, made at setup. No row means that setup is still to come."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=16)
    steward_pub = BytesField(length=32)
    # Up to three safeguarding leads: [[hex of the name's hash, hex of account-x], ...]
    leads = models.JSONField(default=list)
    who_may_start = models.CharField(max_length=16, default=WhoMayStart.EVERYONE)
    set_up = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_network"),
            models.CheckConstraint(
                condition=models.Q(who_may_start__in=WhoMayStart.values), name="network_who_may_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """A person who can sign in. The name is for signing in only; groups know another one, which this server can't read."""

    id = IdField(primary_key=True)
    name = models.CharField(max_length=40)
    name_key = models.CharField(max_length=160, unique=True)
    salt = BytesField(length=16)
    profile = models.PositiveSmallIntegerField()
    x_pub = BytesField(length=32)
    e_pub = BytesField(length=32)
    gen = models.PositiveIntegerField(default=1)
    is_coordinator = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False)
    of_age = models.DateTimeField()
    made = models.DateTimeField()
    # Sign-ins so far: asking the recovery sheet back may be put off until the third.
    visits = models.PositiveIntegerField(default=0)
    # The day on which their keys were last opened here: who comes back after two months is told what still holds.
    last_here = models.DateField(null=True)
    recovery_confirmed = models.DateTimeField(null=True)
    # A recovery sheet was shown to be right at this time; for ten minutes it may be used to set a new passphrase.
    recovery_opened = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(profile__in=[1, 2]), name="account_profile")]

    def __str__(self) -> str:
        return str(self.id.hex())

    @property
    def shown_id(self) -> str:
        """For its owner's own pages."""
        return to_b64url(self.id)


class Slot(models.Model):
    """One wrapped copy of an account's seed, encrypted once more under the server's half (sealing.md 2.4)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="slots")
    method = models.PositiveSmallIntegerField()
    salt2 = BytesField(length=16)
    verifier = BytesField(length=32)
    blob = models.BinaryField(max_length=256)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "method"], name="one_slot_for_each_method"),
            models.CheckConstraint(condition=models.Q(method__in=[PASSPHRASE, RECOVERY]), name="slot_method"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id.hex()} {self.method}"


class Keyring(models.Model):
    """A version of the account's sealed memory of its groups (sealing.md 2.7); the newest three are kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="keyrings")
    counter = models.PositiveBigIntegerField()
    blob = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "counter"], name="one_keyring_for_each_counter")
        ]

    def __str__(self) -> str:
        return f"{self.account_id.hex()} {self.counter}"


class Session(models.Model):
    """One browser signed in. The cookie's value is not here, only its hash: a stolen table signs nobody in."""

    key = BytesField(primary_key=True, length=32)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    # The server's half of the session seal (sealing.md 2.6); empty when locked.
    share = BytesField(length=32, null=True)
    shared_device = models.BooleanField(default=False)
    # Which family of browser on which kind of system, so that its owner knows it again in the list; see browsers.py.
    browser = models.CharField(max_length=16, default="", blank=True)
    system = models.CharField(max_length=16, default="", blank=True)
    began = models.DateTimeField()
    seen = models.DateTimeField()
    ends = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.key.hex()[:8])

    @property
    def shown_key(self) -> str:
        """For its owner's page, to say which one to end. It opens nothing: the cookie's value can't be had from its hash."""
        return to_b64url(self.key)


class Reset(models.Model):
    """A one-time address the host made for somebody who lost passphrase and sheet. Only the hash of its token is kept."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="reset")
    key = BytesField(length=32, unique=True)
    ends = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key.hex()[:8])


class FormerSeed(models.Model):
    """A seed that another took the place of, wrapped under that one (sealing.md 2.10): what was sealed to it still opens."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="former_seeds")
    number = models.PositiveIntegerField()
    x_pub = BytesField(length=32)
    e_pub = BytesField(length=32)
    wrapped = BytesField(length=84)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="one_seed_for_each_number")]

    def __str__(self) -> str:
        return f"{self.account_id.hex()} {self.number}"


class OwnDevice(models.Model):
    """The server's half of keys that rest on somebody's own device, for a code of six digits (sealing.md 2.11).

    It lives and ends with the session of that browser. The half lies encrypted under what the slow, peppered hash of the
    code gives, as the seed does in a slot.
    """

    id = IdField(primary_key=True)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="own_device")
    salt2 = BytesField(length=16)
    verifier = BytesField(length=32)
    blob = models.BinaryField(max_length=128)
    tries_left = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return str(self.id.hex()[:8])

    @property
    def shown_id(self) -> str:
        """For the unlock page, which looks whether this device keeps the other half."""
        return to_b64url(self.id)


class Consent(models.Model):
    """Something a person agreed to, in which version, and when they took it back."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    given = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "purpose", "version"],
                condition=models.Q(withdrawn__isnull=True),
                name="one_standing_consent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id.hex()} {self.purpose} {self.version}"


class Tries(models.Model):
    """Failed tries to open something, under a keyed hash of the name or the network address, so neither can be read here."""

    key = BytesField(primary_key=True, length=32)
    count = models.PositiveIntegerField(default=0)
    last = models.DateTimeField(db_index=True)
    wait_until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key.hex()[:8])
