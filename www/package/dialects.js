// The dialects of the package: the list is in the module, the documents are one file.

import list from "./dialects/index.json";
import { DIALECTS } from "./webrtc-steps-files.js";

export const titles = async () => list;

export async function dialect(fetched, name) {
  const documents = await (await fetched(DIALECTS)).json();
  if (Object.hasOwn(documents, name)) return documents[name];
  throw new DOMException(name, "NotFoundError");
}
