// Text fields that find people, channels and looked-up options while one types.

import { ask } from "./net.js";
import { Listbox, offerOf } from "./listbox.js";

const CROSS = "M6 6l12 12M18 6 6 18";

export function enhance(root) {
  for (const picker of root.querySelectorAll("[data-picker]")) new Picker(picker);
}

class Picker {
  constructor(element) {
    this.element = element;
    this.field = element.querySelector("[role=combobox]");
    this.name = this.field.name.replace(/\.typed$/, "");
    this.most = Number(element.dataset.most);
    this.list = new Listbox(this.field, element.querySelector("[role=listbox]"),
      (option) => this.#take(option.dataset.value, option.dataset.label));
    if (this.most > 1) {
      for (const hidden of element.querySelectorAll("input[type=hidden]")) this.#chip(hidden);
    }
    this.field.addEventListener("input", () => { this.#forget(); this.#find(); });
    this.field.addEventListener("focus", () => this.#find());
    this.field.addEventListener("keydown", (event) => this.#key(event));
  }

  get #chosen() {
    return [...this.element.querySelectorAll("input[type=hidden]")];
  }

  // What was chosen no longer stands once other words are typed over it.
  #forget() {
    if (this.most === 1) for (const hidden of this.#chosen) hidden.remove();
  }

  async #find() {
    const typed = this.most === 1 && this.#chosen.length ? "" : this.field.value;
    const query = { source: this.element.dataset.picker, typed };
    const asked = this.asked = Symbol("asked");
    const found = await ask("suggest", query);
    if (asked !== this.asked || document.activeElement !== this.field || !found) return;
    const taken = new Set(this.#chosen.map((hidden) => hidden.value));
    const fresh = this.most === 1 ? found : found.filter((each) => !taken.has(each.value));
    this.list.show(fresh.map(offerOf), this.element.dataset.none);
  }

  #take(value, label) {
    this.#forget();
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = this.name;
    hidden.value = value;
    hidden.dataset.label = label;
    this.field.before(hidden); // in the order in which they were chosen
    this.field.value = this.most === 1 ? label : "";
    if (this.most > 1) this.#chip(hidden);
    this.field.focus();
    this.list.close();
  }

  #chip(hidden) {
    const chip = document.createElement("span");
    chip.className = "chosen";
    const label = document.createElement("bdi");
    label.textContent = hidden.dataset.label;
    const out = document.createElement("button");
    out.type = "button";
    out.setAttribute("aria-label", `${this.element.dataset.remove} ${hidden.dataset.label}`);
    out.append(cross());
    out.addEventListener("click", () => { chip.remove(); hidden.remove(); this.field.focus(); });
    chip.append(label, out);
    this.field.before(chip);
  }

  #key(event) {
    if (this.list.key(event)) return;
    if (event.key === "Backspace" && this.most > 1 && !this.field.value) {
      [...this.element.querySelectorAll(".chosen button")].at(-1)?.click();
    }
  }
}

function cross() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2.4",
    "stroke-linecap": "round", "aria-hidden": "true",
  })) svg.setAttribute(name, value);
  path.setAttribute("d", CROSS);
  svg.append(path);
  return svg;
}
