// A list under a text field: arrows walk, Enter and Tab choose, Escape closes.

let numbered = 0;

export class Listbox {
  // `choose` is given the option that was picked.
  constructor(field, list, choose) {
    this.field = field;
    this.list = list;
    this.choose = choose;
    this.expands = field.getAttribute("role") === "combobox";
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#pick(option);
    });
    field.addEventListener("blur", () => this.close());
  }

  get open() {
    return this.list.matches(":popover-open");
  }

  show(options, none) {
    this.list.replaceChildren(...options);
    for (const option of options) {
      option.id ||= `option-${numbered += 1}`;
      option.setAttribute("role", "option");
    }
    if (!options.length && none) {
      const empty = document.createElement("li");
      empty.className = "none";
      empty.setAttribute("role", "option");
      empty.setAttribute("aria-disabled", "true");
      empty.textContent = none;
      this.list.append(empty);
    }
    if (!this.list.childElementCount) {
      this.close();
      return;
    }
    if (!this.open) this.list.showPopover();
    if (this.expands) this.field.setAttribute("aria-expanded", "true");
    this.#place();
    this.#mark(options[0]);
  }

  // In the top layer, so that no form that scrolls cuts it off.
  #place() {
    const at = (this.field.closest(".box") ?? this.field).getBoundingClientRect();
    const { style } = this.list;
    const below = innerHeight - at.bottom - 16;
    const above = at.top - 16;
    style.maxHeight = "";
    const under = below > Math.min(this.list.scrollHeight, 400) || below > above;
    style.left = `${at.left}px`;
    style.minWidth = `${Math.min(at.width, 240)}px`;
    style.maxWidth = `${Math.min(Math.max(at.width, 300), innerWidth - at.left - 8)}px`;
    style.maxHeight = `${Math.min(under ? below : above, 400)}px`;
    style.top = under ? `${at.bottom + 6}px` : "auto";
    style.bottom = under ? "auto" : `${innerHeight - at.top + 6}px`;
    if (document.dir === "rtl") {
      style.left = "auto";
      style.right = `${innerWidth - at.right}px`;
      style.maxWidth = `${Math.min(Math.max(at.width, 300), at.right - 8)}px`;
    }
  }

  close() {
    if (this.open) this.list.hidePopover();
    if (this.expands) this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  // Returns whether the key was for the list.
  key(event) {
    if (!this.open || event.isComposing) return false;
    const options = [...this.list.querySelectorAll("[role=option]:not([aria-disabled])")];
    const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      this.#mark(options[(at + step + options.length) % options.length]);
    } else if (event.key === "Escape") {
      this.close();
    } else if ((event.key === "Enter" || event.key === "Tab") && options[at]) {
      this.#pick(options[at]);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #mark(option) {
    for (const each of this.list.children) {
      each.setAttribute("aria-selected", String(each === option));
    }
    if (!option) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #pick(option) {
    this.close();
    this.choose(option);
  }
}

export function offerOf({ value, label, hint }) {
  const option = document.createElement("li");
  option.dataset.value = value;
  option.dataset.label = label;
  const name = document.createElement("bdi");
  name.textContent = label;
  option.append(name);
  if (hint) {
    const about = document.createElement("small");
    about.textContent = hint;
    option.append(about);
  }
  return option;
}
