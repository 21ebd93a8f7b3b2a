// The classes, without giving them names.

export { WebrtcSteps, WebrtcStepsPair } from "./webrtc-steps.js";
