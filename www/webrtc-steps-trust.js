// The page's Trusted Types policy: its name is granted once, and there are two programs.

let policy;

/** Hands a program the policy by its own way to take it, where the browser knows such policies. It gives it nothing but strings that were compiled in. */
export function trust(take) {
  try {
    policy ??= globalThis.trustedTypes?.createPolicy("webrtc-steps", { createHTML: (markup) => markup });
  } catch {
    // The page does not allow the name, or somebody else has it. Where the page asks for Trusted Types, the program says so.
  }
  if (policy) take(policy);
}
