"""A group's script, played: each scene is done by the members it names, through the same verbs as the command line."""

from client.agreement import MODELS
from client.demo.company import Company
from client.demo.script import CHAT, COME, GUIDE, KNOCK, LEAVE, SHARE, Scene, Script


class Play:
    """One group from its first day to now."""

    def __init__(self, company: Company, script: Script) -> None:
        self._company, self._script = company, script
        self._founder = company.member(script.founder)
        self._here = [script.founder]
        my_name, model = script.people[script.founder], MODELS[script.model]
        started = self._founder.start_group(script.name, my_name, model=model, agreement=script.agreement)
        self.group: str = started["group"]

    def play(self) -> None:
        """Everything in order; then everybody who is still there has read all of it."""
        for scene in self._script.scenes:
            _ACTS[scene.doing](self, scene)
        for name in self._here:
            self._company.member(name).read(self.group)

    def come(self, scene: Scene) -> None:
        """The founder invites them, and admits them together."""
        self.knock(scene)
        self._founder.admit(self.group)
        self._here += scene.people
        for name in scene.people:
            self._company.member(name).read(self.group)

    def knock(self, scene: Scene) -> None:
        """They ask to join, and wait."""
        link = self._founder.invite(self.group, uses=len(scene.people))["link"]
        for name in scene.people:
            self._company.member(name).join(link, self._script.people[name])

    def guide(self, scene: Scene) -> None:
        """They become facilitators, and look in so that they hold the facilitators' key."""
        for name in scene.people:
            self._founder.promote(self.group, self._script.people[name])
            self._company.member(name).read(self.group)

    def leave(self, scene: Scene) -> None:
        """They go; what is said later they cannot read."""
        for name in scene.people:
            self._company.member(name).leave(self.group)
            self._here.remove(name)

    def share(self, scene: Scene) -> None:
        """Somebody tells the group something, and is answered or not."""
        author, said = self._company.member(scene.said.by), scene.said
        item = author.share(self.group, said.text, scene.help_wanted, more=scene.more)["item"]
        for reply in scene.replies:
            member = self._company.member(reply.by)
            (member.part if reply.is_part else member.reply)(self.group, item, reply.text)
        for present in scene.here:
            self._company.member(present.by).presence(self.group, item, present.text or None)

    def chat(self, scene: Scene) -> None:
        """Somebody says something beside the shares."""
        self._company.member(scene.said.by).chat(self.group, scene.said.text)


_ACTS = {
    COME: Play.come,
    GUIDE: Play.guide,
    KNOCK: Play.knock,
    LEAVE: Play.leave,
    SHARE: Play.share,
    CHAT: Play.chat,
}
