/** Starting a group: a walk of a few screens, kept on the way, that ends in a group and in pages to print. */

import { isKeptHere } from "../accounts/own_words.js";
import { askSeal } from "../accounts/seal_requests.js";
import { askOnce } from "../ui/dialog.js";
import { control, part, show, template } from "../ui/dom.js";
import { tellIn, working } from "../ui/form.js";
import { later } from "../ui/later.js";
import { attempt } from "./attempt.js";
import { sheetFirst } from "./sheet_first.js";
import { put } from "./stage.js";
import { nothingBegun } from "./start/begun.js";
import { drawDraft, keepDraft } from "./start/draft_view.js";
import { readValues, writeValues } from "./start/form_values.js";
import { KeptBegun } from "./start/kept_begun.js";
import { drawLook } from "./start/look_view.js";
import { drawRhythms, drawScreen, prepareForm, proposals } from "./start/screens.js";
import { Walk } from "./start/walk.js";

/** @import { Here } from "../groups/group.js" */
/** @import { Network } from "../groups/starting.js" */
/** @import { Ending } from "./start/ending.js" */
/** @import { SetHours } from "./start/making.js" */
/** @typedef {{stage: HTMLElement, here: Here, kept: KeptBegun, network: Network, setHours: SetHours}} With */

/** @param {HTMLElement} stage @param {Here} here @param {SetHours} setHours of a layer above this one (meetings/hours.js) */
export async function showStart(stage, here, setHours) {
  const network = /** @type {any} */ (await askSeal("network"));
  const kept = await KeptBegun.open(here.keys);
  const begun = kept.read();
  if (begun.isStarted) {
    const { isThere, showReady } = await ending();
    if (await isThere(here, begun.group)) return showReady(stage, here, kept, begun, hasLead(network));
  }
  if (!network.you_may_start) return put(stage, template("start-closed"));
  if (!network.recovery_confirmed) return put(stage, sheetFirst(template("start-sheet")));
  // Its group is gone by now, and with it what the pages were for.
  if (begun.isStarted) await kept.forget();
  new Starting({ stage, here, kept, network, setHours }).show();
}

/** @returns {Promise<Ending>} */
const ending = () => later("ending");

/** @param {Network} network */
const hasLead = ({ leads }) => leads.length > 0;

class Starting {
  #form = /** @type {HTMLFormElement} */ (template("start-view"));
  #with;
  #begun;
  #step = "";
  #walk = new Walk(this.#form, { prepare: (step) => this.#prepare(step), finish: () => this.#make() });

  /** @param {With} given */
  constructor(given) {
    this.#with = given;
    this.#begun = given.kept.read();
  }

  show() {
    const form = this.#form;
    prepareForm(form);
    writeValues(form, this.#begun.values);
    drawRhythms(form, this.#begun.values["rhythm"]);
    show(part(form, "has-lead"), hasLead(this.#with.network));
    show(part(form, "no-lead"), !hasLead(this.#with.network));
    show(part(form, "kept-here"), isKeptHere());
    show(part(form, "kept-tab"), !isKeptHere());
    show(part(form, "again"), "purpose" in this.#begun.values);
    this.#listen();
    put(this.#with.stage, form);
    this.#walk.begin(this.#begun.at);
  }

  #listen() {
    const form = this.#form;
    form.addEventListener("input", ({ target }) => {
      if (target === control(form, "first")) drawRhythms(form);
      this.#changed();
    });
    keepDraft(form, () => this.#changed());
    form.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("[data-fill]") : null;
      if (button instanceof HTMLElement) this.#fill(button);
    });
    part(form, "anew").addEventListener("click", () => this.#beginAnew());
  }

  /** A sentence to begin with goes into its field, to be gone on with. @param {HTMLElement} button */
  #fill(button) {
    const field = control(this.#form, button.dataset["fill"] ?? "");
    const before = field.value.trim();
    field.value = before ? `${before} ${button.textContent}` : (button.textContent ?? "");
    field.focus();
    this.#changed();
  }

  #changed() {
    this.#begun = { ...this.#begun, at: this.#step, values: readValues(this.#form) };
    this.#with.kept.write(this.#begun);
    drawScreen(this.#step, this.#form, this.#begun.values);
  }

  /** Before a screen is shown. @param {string} step */
  #prepare(step) {
    this.#step = step;
    const begun = { ...this.#begun, at: step, values: readValues(this.#form) };
    this.#begun = proposals(step, begun, this.#form);
    writeValues(this.#form, this.#begun.values);
    // Nothing was begun by looking at the first screen.
    if ("purpose" in this.#with.kept.read().values || step !== nothingBegun().at) this.#with.kept.write(this.#begun);
    drawScreen(step, this.#form, this.#begun.values);
    if (step === "agreement") drawDraft(this.#form);
    // If it does not come now, it is asked for again at the end.
    if (step !== nothingBegun().at) ending().catch(() => undefined);
    if (step === "look") drawLook(this.#form, this.#begun.values);
  }

  async #make() {
    const form = this.#form;
    working(form, part(form, "words").dataset["making"] ?? "");
    await attempt(async () => {
      const { stage, here, kept, network, setHours } = this.#with;
      const { make, showReady } = await ending();
      const made = await make(here, kept, this.#begun, network, setHours, (making) => (this.#begun = making));
      this.#walk.end();
      showReady(stage, here, kept, made, hasLead(network));
    }, tellIn(form));
    working(form, null);
  }

  async #beginAnew() {
    const dialog = /** @type {HTMLDialogElement} */ (template("anew-dialog"));
    if ((await askOnce(dialog)) !== "yes") return;
    await this.#with.kept.forget();
    history.replaceState(history.state, "", location.pathname);
    location.reload();
  }
}
