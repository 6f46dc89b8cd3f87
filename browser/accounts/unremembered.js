/**
 * On a borrowed device the browser is not to remember what is typed here, nor to offer to. It keeps names of fields that let it, and
 * asks to save whatever was ever typed into a field for passwords, so the passphrase gets a field that never was one.
 * @module
 */
import { control } from "../ui/dom.js";

/** @param {HTMLInputElement} input @param {boolean} isShared */
function masked(input, isShared) {
  // Not a clone: for the browser that would have been one for passwords for a moment, and so for ever.
  const fresh = document.createElement("input");
  fresh.type = isShared ? "text" : "password";
  for (const { name, value } of input.attributes) if (name !== "type") fresh.setAttribute(name, value);
  fresh.autocomplete = isShared ? "off" : "current-password";
  fresh.classList.toggle("masked", isShared);
  fresh.value = input.value;
  input.replaceWith(fresh);
}

/** Follows the choice "This is a borrowed or shared device" of a form. @param {HTMLFormElement} form */
export function forgetWhatIsTyped(form) {
  const shared = control(form, "shared");
  const follow = () => {
    control(form, "name").autocomplete = shared.checked ? "off" : "username";
    if (form.elements.namedItem("passphrase")) masked(control(form, "passphrase"), shared.checked);
  };
  shared.addEventListener("change", follow);
  // A page brought back may have its box ticked already.
  if (shared.checked) follow();
}
