/**
 * The asker's own clock, chosen for them where they have not chosen one. It goes nowhere but into the form.
 * @module
 */
import { whenReady } from "../ui/dom.js";

/** @param {HTMLSelectElement} select @param {string} zone IANA name */
export function choose(select, zone) {
  const has = [...select.options].some((option) => option.value === zone);
  if (select.value === "" && has) select.value = zone;
}

whenReady(() => {
  const select = document.querySelector("select#tz");
  if (select instanceof HTMLSelectElement) choose(select, Intl.DateTimeFormat().resolvedOptions().timeZone);
});
