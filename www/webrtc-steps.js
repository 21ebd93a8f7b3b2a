// The two lines a page needs: this module and an element. It gives the elements their names.

import { WebrtcSteps } from "./webrtc-steps-element.js";
import { WebrtcStepsPair } from "./webrtc-steps-pair.js";

export { WebrtcSteps, WebrtcStepsPair };

/** Gives an element its name. A page may do so under another name; nothing is defined twice. */
export function define(name = "webrtc-steps", element = WebrtcSteps) {
  if (!customElements.get(name)) customElements.define(name, element);
}

define();
define("webrtc-steps-pair", WebrtcStepsPair);
