// The page --------------------------------------------------------------------

const list = document.createElement("ol");
const form = document.createElement("form");
const field = document.createElement("input");
field.placeholder = "Write to the other side";
form.append(field);
document.body.append(form, list);
form.onsubmit = (event) => {
  event.preventDefault();
  send(field.value);
  field.value = "";
};

/** Tells on the page and in the console what happens. */
function log(what, value = "") {
  const item = document.createElement("li");
  item.textContent = `${(performance.now() / 1000).toFixed(3)} s  ${what}  ${value}`;
  item.dataset.what = what;
  list.append(item);
  console.log(what, value);
}

const step = (number, title) => log(`step ${number}`, title);

// For the console: send("hello").
globalThis.send = send;

run().catch(failed);
