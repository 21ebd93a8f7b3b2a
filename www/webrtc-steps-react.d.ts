// The elements in JSX, for React 19 and later: `import type {} from "webrtc-steps/react"` in one file of the project.

import type { ClassAttributes, HTMLAttributes } from "react";
import type { Mode, Role, WebrtcSteps, WebrtcStepsEvent, WebrtcStepsPair } from "./webrtc-steps.js";

interface Common {
  mode?: Mode;
  theme?: string;
  autojoin?: boolean;
  "ice-servers"?: string;
  "ice-transport-policy"?: RTCIceTransportPolicy;
  /** React 19 listens for an element's own event by `on` and its name. */
  "onwebrtc-steps"?: (event: CustomEvent<WebrtcStepsEvent>) => void;
}

interface One extends Common {
  endpoint?: string;
  room?: string;
  dialect?: string;
  "dialect-document"?: string;
  hosts?: string;
  "peer-role"?: "auto" | Role;
  [variable: `var-${string}`]: string | undefined;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "webrtc-steps": One & HTMLAttributes<WebrtcSteps> & ClassAttributes<WebrtcSteps>;
      "webrtc-steps-pair": Common & HTMLAttributes<WebrtcStepsPair> & ClassAttributes<WebrtcStepsPair>;
    }
  }
}
