/** The page `/groups/<group>/listing/`: what is being written goes along with whatever is pressed beside it, so that none of it is lost. */

import { whenReady } from "../ui/dom.js";

whenReady(() => {
  const words = /** @type {HTMLFormElement} */ (document.getElementById("listing"));
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-beside]")))
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of new FormData(words)) formData.append(name, value);
    });
});
