// What one types: words for the room, or a command after a slash.

import { ask, busy, send } from "./net.js";
import { Listbox, offerOf } from "./listbox.js";
import { show } from "./forms.js";

const form = document.getElementById("say");
const text = document.getElementById("text");
const list = new Listbox(text, document.getElementById("offers"), choose);
const commands = [...document.getElementById("command-list").content.children];
const NAMED = /(?:^|\s)([@#])([^@#\n]{0,40})$/u;

text.addEventListener("input", offer);
text.addEventListener("focus", offer);

async function offer() {
  const before = text.value.slice(0, text.selectionStart);
  const asked = offer.asked = Symbol("asked");
  if (text.value.startsWith("/") && !text.value.includes("\n")) {
    const typed = text.value.toLowerCase();
    const fitting = commands.filter((each) => each.dataset.command.startsWith(typed.trimEnd()));
    if (fitting.length) {
      list.show(fitting.map((each) => document.importNode(each, true)));
      return;
    }
  }
  const named = NAMED.exec(before);
  if (!named) {
    list.close();
    return;
  }
  const source = named[1] === "@" ? "person" : "channel";
  const found = await ask("suggest", { source, typed: named[2] });
  if (asked !== offer.asked || document.activeElement !== text) return;
  if (found?.length) list.show(found.map(offerOf));
  else list.close();
}

function choose(option) {
  const { command } = option.dataset;
  if (command === undefined) {
    name(option.dataset.label);
  } else if (option.dataset.bare === undefined) {
    begin(command);
  } else {
    text.value = command;
    form.requestSubmit();
  }
}

function name(label) {
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionStart);
  const start = before.length - NAMED.exec(before)[2].length - 1;
  text.value = `${before.slice(0, start)}${label} ${after}`;
  text.selectionStart = text.selectionEnd = start + label.length + 1;
}

async function begin(command) {
  const answer = await ask("begin", { command });
  if (!answer) return;
  text.value = "";
  show(answer);
}

text.addEventListener("keydown", (event) => {
  if (list.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!text.value.trim()) return;
  await busy(form.querySelector(".send"), async () => {
    const body = new FormData(form);
    const answer = await send("say", body);
    if (!answer) return;
    if (text.value === body.get("text")) text.value = "";
    list.close();
    show(answer);
  });
});
