"""The walk in which a group is started, as steps journeys are made of."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

STEPS = (
    "purpose", "people", "place", "rhythm", "shape", "meetings", "names", "danger", "agreement", "invite", "look", "ready",
)  # fmt: skip
Fill = Callable[[Page], object]


def screen(page: Page, step: str) -> Locator:
    """The screen, once it is the one that is seen."""
    found = page.locator(f"[data-step={step}]")
    expect(found).to_be_visible()
    expect(page.locator("[data-step]:visible")).to_have_count(1)
    return found


def walks(page: Page, name: str, own: str, **fills: Fill) -> list[str]:
    """From the first screen to the pages that are printed, with what is proposed where nothing is wanted. Gives the screens, each as
    it was passed; `fills`: what else to do on one of them."""

    def names(page: Page) -> None:
        page.get_by_label("Name of the group").fill(name)
        page.get_by_label("Your name in this group").fill(own)

    wanted: dict[str, Fill] = {
        "purpose": lambda page: page.get_by_label("What you want to do together").fill(
            "To talk about the week."
        ),
        "names": names,
        "danger": lambda page: page.get_by_label("Ask first.").check(),
        "look": lambda page: page.get_by_label("I have read the principles").check(),
    }
    passed = []
    for number, step in enumerate(STEPS[:-1], 1):
        seen = screen(page, step)
        expect(seen.get_by_text(f"Step {number} of {len(STEPS)}")).to_be_visible()
        passed.append(step)
        for fill in (wanted.get(step), fills.get(step)):
            if fill:
                fill(page)
        seen.get_by_role("button", name="Start the group" if step == "look" else "Next").click()
    expect(page.get_by_role("heading", level=1, name=f"{name} has begun")).to_be_visible()
    return [*passed, STEPS[-1]]
