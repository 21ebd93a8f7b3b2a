// The element <webrtc-steps-pair>: offerer and answerer side by side, connected by a line of their own.

export class WebrtcStepsPair extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }
}
