"""The copy of a group on one's own device: readable at once and without a line, and never believed more than the server's.

And what was written: it outlives crash, lock and weeks, waits where there is no line, and is sent once.
"""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import NewContext
from tests.e2e.people import press, sign_in, unlock
from tests.e2e.rooms import (
    arrived,
    ask_to_join,
    in_a_group,
    invite,
    read_back,
    readers,
    sees,
    share,
    start_group,
    turn_to,
    writing_box,
)
from tests.e2e.seats import at_home, on_another_device
from tests.lying.liar import Liar
from tests.members import company
from tests.running import Running

SHARES = "[data-part=shares] > li:not(.left-off)"
# Every record of the device, to look at from outside.
RECORDS = """
() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("holdspace");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const db = opening.result;
    if (!db.objectStoreNames.contains("records")) return db.close(), resolve([]);
    const table = db.transaction("records").objectStore("records");
    const [keys, values] = [table.getAllKeys(), table.getAll()];
    values.onsuccess = () => {
      const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      resolve(keys.result.map((key, i) => [hex(key), hex(values.result[i])]));
      db.close();
    };
  };
})
"""


def records(page: Page) -> list[list[str]]:
    """Places and records, in hex."""
    found: list[list[str]] = page.evaluate(RECORDS)
    return found


def kept(page: Page, least: int = 3) -> None:
    """Wait until the copy is written: a stretch, a list, and a sheet of items at least."""
    page.wait_for_function(f"() => ({RECORDS})().then((found) => found.length >= {least})", polling=100)


def with_a_copy(page: Page, name: str, words: str) -> Page:
    """Somebody in a group of their own, in which these words were said; all of it is kept on their device."""
    in_a_group(page, name, "On this device", name)
    share(page, words)
    kept(page, 4)
    return page


def without_a_line(context: BrowserContext) -> Page:
    """A page of this browser; from now on pages come, and the gateway does not answer."""
    liar = Liar(context)
    liar.cut()
    return liar.new_page()


def group_address(page: Page) -> str:
    """Without the part that is shown."""
    return page.url.partition("#")[0]


def test_a_group_that_was_open_once_is_read_without_a_line(device: NewContext) -> None:
    context = device()
    ben = with_a_copy(context.new_page(), "ben-copy-60", "Said before the line broke.")
    address = group_address(ben)
    again = without_a_line(context)
    again.goto(address)
    expect(again.get_by_role("heading", level=1, name="On this device")).to_be_visible()
    sees(again, "Said before the line broke.")
    readers(again, 1)
    expect(again.get_by_text("Not connected. What you wrote is kept here.")).to_be_visible()


def test_nothing_on_the_disk_tells_what_it_is(device: NewContext) -> None:
    ben = device().new_page()
    in_a_group(ben, "ben-copy-61", "Not to be read", "Ben")
    share(ben, "Only for those who belong.")
    kept(ben, 4)
    group = re.sub("-", "", group_address(ben).rstrip("/").rpartition("/")[2])
    seen = "".join(place + record for place, record in records(ben))
    for word in ("Only for those", "Not to be read", "ben-copy-61"):
        assert word.encode().hex() not in seen
    assert group not in seen
    assert {record[:8] for _, record in records(ben)} == {b"HR\x01\0".hex()}


def test_a_damaged_copy_is_dropped_and_fetched_anew(device: NewContext) -> None:
    ben = with_a_copy(device().new_page(), "ben-copy-62", "Still here.")
    ben.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("holdspace");
          opening.onsuccess = () => {
            const transaction = opening.result.transaction("records", "readwrite");
            const walk = transaction.objectStore("records").openCursor();
            walk.onsuccess = () => {
              if (!walk.result) return;
              const bytes = new Uint8Array(walk.result.value);
              bytes[bytes.length - 1] ^= 1;
              walk.result.update(bytes);
              walk.result.continue();
            };
            transaction.oncomplete = () => (opening.result.close(), resolve());
          };
        })"""
    )
    ben.reload()
    sees(ben, "Still here.")
    expect(ben.get_by_role("alert").filter(visible=True)).to_have_count(0)
    kept(ben, 4)
    ben.reload()
    sees(ben, "Still here.")


def test_a_database_taken_away_under_the_page_is_not_missed(device: NewContext) -> None:
    ben = with_a_copy(device().new_page(), "ben-copy-63", "Before.")
    ben.evaluate(
        "() => new Promise((done) => { indexedDB.deleteDatabase('holdspace').onsuccess = () => done(); })"
    )
    assert records(ben) == []
    share(ben, "After.")
    kept(ben, 3)
    ben.reload()
    sees(ben, "After.")
    sees(ben, "Before.")


def test_on_a_shared_device_nothing_rests(device: NewContext) -> None:
    context = device()
    ben = context.new_page()
    kit = in_a_group(ben, "ben-copy-64", "Borrowed", "Ben")
    address = group_address(ben)
    borrowed = device().new_page()
    sign_in(borrowed, kit, shared=True)
    borrowed.wait_for_url("**/groups/")
    borrowed.goto(address)
    share(borrowed, "From the library.")
    writing_box(borrowed).fill("Half a thought")
    press(borrowed, "Lock now")
    borrowed.wait_for_url("**/unlock/")
    assert borrowed.evaluate("indexedDB.databases()") == []
    unlock(borrowed, kit)
    expect(writing_box(borrowed)).to_have_value("Half a thought")
    sees(borrowed, "From the library.")
    assert borrowed.evaluate("indexedDB.databases()") == []


def test_what_was_written_without_a_line_outlives_the_tab_and_is_sent_once(device: NewContext) -> None:
    context = device()
    ben = context.new_page()
    kit = in_a_group(ben, "ben-copy-65", "In a tunnel", "Ben")
    share(ben, "Before the tunnel.")
    address = group_address(ben)
    context.set_offline(True)
    expect(ben.get_by_text("Not connected. What you wrote is kept here.")).to_be_visible()
    for text in ("First in the tunnel.", "Second in the tunnel.", "Not meant at all."):
        writing_box(ben).fill(text)
        press(ben, "Share")
    waiting = ben.locator("[data-part=outbox]").first.locator("> li")
    expect(waiting).to_have_count(3)
    expect(waiting.first).to_contain_text("Waiting to be sent.")
    waiting.filter(has_text="Not meant").get_by_role("button", name="Throw it away").click()
    expect(waiting).to_have_count(2)
    writing_box(ben).fill("Half a thought")
    ben.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    sign_in(again, kit)
    again.wait_for_url("**/groups/")
    again.goto(address)
    sees(again, "Second in the tunnel.")
    expect(again.locator(SHARES)).to_have_count(3)
    expect(again.locator("#stage").get_by_text("Waiting to be sent.")).to_have_count(0)
    expect(writing_box(again)).to_have_value("Half a thought")
    order = again.locator(f"{SHARES} [data-part=text]").all_text_contents()
    assert order == ["Second in the tunnel.", "First in the tunnel.", "Before the tunnel."]


def test_what_waits_longer_than_a_day_goes_only_when_it_is_still_meant(device: NewContext) -> None:
    context = device()
    ben = context.new_page()
    kit = in_a_group(ben, "ben-copy-66", "A month away", "Ben")
    address = group_address(ben)
    expect(writing_box(ben)).to_be_enabled()
    context.set_offline(True)
    expect(ben.get_by_text("Not connected. What you wrote is kept here.")).to_be_visible()
    writing_box(ben).fill("What I thought in spring.")
    press(ben, "Share")
    expect(ben.locator("#stage").get_by_text("Waiting to be sent.")).to_be_visible()
    kept(ben, 5)
    ben.close()
    context.set_offline(False)
    again = context.new_page()
    again.add_init_script("{ const now = Date.now; Date.now = () => now() + 48 * 3600 * 1000; }")
    on_another_device(again, kit)
    again.goto(address)
    expect(again.get_by_text("You wrote this more than a day ago")).to_be_visible()
    expect(again.locator(SHARES)).to_have_count(0)
    again.get_by_role("button", name="Send again").click()
    sees(again, "What I thought in spring.")


def test_two_tabs_of_one_device_send_everything_once(device: NewContext) -> None:
    context = device()
    one = context.new_page()
    in_a_group(one, "ben-copy-67", "Both tabs", "Ben")
    two = context.new_page()
    two.goto(group_address(one))
    expect(writing_box(two)).to_be_enabled()
    context.set_offline(True)
    for page, text in ((one, "From one."), (two, "From two."), (one, "And one more.")):
        writing_box(page).fill(text)
        press(page, "Share")
        for each in (one, two):
            expect(each.locator("[data-part=outbox]").first).to_contain_text(text)
    context.set_offline(False)
    for page in (one, two):
        expect(page.locator(SHARES)).to_have_count(3)
        expect(page.locator("#stage").get_by_text("Waiting to be sent.")).to_have_count(0)
        said = page.locator(f"{SHARES} [data-part=text]").all_text_contents()
        assert said == ["And one more.", "From two.", "From one."]


def test_a_device_without_room_says_so_and_everything_goes_on(device: NewContext) -> None:
    context = device()
    ben = context.new_page()
    at_home(ben, "ben-copy-68")
    ben.add_init_script(
        """IDBObjectStore.prototype.put = function () {
          this.transaction.abort();
          throw new DOMException("no room", "QuotaExceededError");
        };"""
    )
    start_group(ben, "No room", "Ben")
    expect(ben.locator("#keeping").get_by_text("This device has no room left.")).to_be_visible()
    share(ben, "Said all the same.")
    writing_box(ben).fill("Half a thought")
    ben.reload()
    sees(ben, "Said all the same.")
    expect(writing_box(ben)).to_have_value("Half a thought")


def test_a_browser_without_a_database_says_so_and_everything_goes_on(device: NewContext) -> None:
    context = device()
    context.add_init_script("Object.defineProperty(globalThis, 'indexedDB', {value: undefined})")
    ben = context.new_page()
    in_a_group(ben, "ben-copy-69", "A private window", "Ben")
    share(ben, "Said all the same.")
    expect(ben.locator("#keeping").get_by_text("This browser keeps nothing here.")).to_be_visible()
    writing_box(ben).fill("Half a thought")
    ben.reload()
    sees(ben, "Said all the same.")
    expect(writing_box(ben)).to_have_value("Half a thought")


def test_a_month_away_the_newest_are_there_and_the_way_back_has_no_hole(
    device: NewContext, server: Running, tmp_path: Path
) -> None:
    context = device()
    ben = context.new_page()
    in_a_group(ben, "ben-copy-70", "Meanwhile", "Ben")
    share(ben, "Before I went.")
    link = invite(ben, known=True)
    turn_to(ben, "Talk")
    with company(server, tmp_path) as somebody:
        amara = somebody("amara-copy-70")
        group = amara.join(link, "Amara")["group"]
        readers(ben, 2)
        kept(ben, 4)
        address = group_address(ben)
        ben.goto("about:blank")
        for number in range(140):
            amara.share(group, f"Meanwhile {number}.")
    ben.goto(address)
    sees(ben, "Meanwhile 139.")
    assert ben.locator(SHARES).count() <= 50
    read_back(ben, 141)
    sees(ben, "Before I went.")
    again = without_a_line(context)
    again.goto(address)
    sees(again, "Meanwhile 139.")
    read_back(again, 141)


def test_who_was_removed_while_away_keeps_no_copy(
    device: NewContext, server: Running, tmp_path: Path
) -> None:
    amara = device().new_page()
    with company(server, tmp_path) as somebody:
        ben = somebody("ben-copy-71")
        group = str(ben.start_group("Not any more")["group"])
        at_home(amara, "amara-copy-71")
        ask_to_join(amara, str(ben.invite(group)["link"]), "Amara")
        while not (told := ben.admit(group))["admitted"]:
            amara.wait_for_timeout(200)
        arrived(amara)
        ben.share(group, "Words for those who belong.")
        sees(amara, "Words for those who belong.")
        kept(amara, 4)
        amara.goto("about:blank")
        ben.remove(group, told["admitted"][0]["member"], "because")
    amara.goto("/groups/")
    amara.wait_for_function(f"() => ({RECORDS})().then((found) => found.length <= 1)", polling=100)
