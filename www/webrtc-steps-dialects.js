// The dialects that lie beside this module: a list and a file each. In the package another module stands in its place.

import { DIALECTS } from "./webrtc-steps-files.js";

/** The dialects to choose from, each with `name` and `title`; `fetched` fetches a file. */
export const titles = async (fetched) => (await fetched(DIALECTS)).json();

/** A dialect document as text, by its name. */
export const dialect = async (fetched, name) => (await fetched(new URL(`${name}.json`, DIALECTS))).text();
