// The classes, without giving them names.

export { WebrtcSteps } from "./webrtc-steps-element.js";
export { WebrtcStepsPair } from "./webrtc-steps-pair.js";
