// The two lines a page needs: this module and an element. It gives the elements their names.

import { WebrtcSteps } from "./webrtc-steps-element.js";
import { WebrtcStepsPair } from "./webrtc-steps-pair.js";

export { WebrtcSteps, WebrtcStepsPair };

/**
 * Gives an element a name. A page may do so under another one, or for a class of its own that extends one of these: a class takes one name,
 * so another name is given to a class that extends it. What has the name already keeps it.
 */
export function define(name = "webrtc-steps", element = WebrtcSteps) {
  const registry = globalThis.customElements;
  if (!registry || registry.get(name)) return;
  registry.define(name, registry.getName?.(element) ? class extends element {} : element);
}

define();
define("webrtc-steps-pair", WebrtcStepsPair);
