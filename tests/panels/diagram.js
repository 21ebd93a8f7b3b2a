// A person's keys, and what a click would have downloaded.

/** Presses a key on an element; whether the page left it to the browser. */
export function press(row, key) {
  return row.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** Catches what a click on a link would have downloaded. */
export class Download {
  constructor() {
    this.name = "";
    this.plain = HTMLAnchorElement.prototype.click;
    const download = this;
    HTMLAnchorElement.prototype.click = function () {
      download.name = this.download;
      download.coming = fetch(this.href).then((answer) => answer.text());
    };
  }

  /** The text of the file. */
  text() {
    return this.coming;
  }

  end() {
    HTMLAnchorElement.prototype.click = this.plain;
  }
}

/** The titles of the rows of a picture; throws where it is no picture. */
export function titles(text) {
  const picture = new DOMParser().parseFromString(text, "image/svg+xml");
  if (picture.documentElement.localName !== "svg") throw new Error(`no picture: ${text.slice(0, 200)}`);
  return [...picture.querySelectorAll("g > title")].map((title) => title.textContent);
}
