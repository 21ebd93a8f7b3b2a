// The transport: texts that you carry by hand ---------------------------------

const PRESENT = true;
const carry = document.createElement("section");
const [outgoingText, incomingText] = [document.createElement("textarea"), document.createElement("textarea")];
const [copy, take] = [document.createElement("button"), document.createElement("button")];

/** Shows the two text fields. */
async function join() {
  outgoingText.readOnly = true;
  outgoingText.placeholder = "What the other side needs appears here.";
  outgoingText.dataset.signal = "outgoing";
  incomingText.placeholder = "Paste here what the other side gives you.";
  incomingText.dataset.signal = "incoming";
  copy.textContent = "Copy";
  copy.onclick = () => navigator.clipboard?.writeText(outgoingText.value);
  take.textContent = "Read";
  take.onclick = () => read(incomingText.value.trim());
  for (const field of [outgoingText, incomingText]) Object.assign(field, { rows: 8, cols: 60 });
  carry.append(outgoingText, copy, incomingText, take);
  document.body.prepend(carry);
  opened();
  await isJoined;
}

function post(text) {
  outgoingText.value = text;
  log("to carry", text);
}

function hangUp() {
  carry.remove();
}
