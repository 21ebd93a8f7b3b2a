// The deck, and the element in it: two imports.
import Reveal from "./reveal/reveal.mjs";
import "./webrtc-steps/webrtc-steps.js";

const deck = new Reveal({ hash: true, width: 1280, height: 800, margin: 0.02 });
deck.initialize();
