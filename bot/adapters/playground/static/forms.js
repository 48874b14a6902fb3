// Forms: in a dialog, or above the composer for a command that is being typed.

import { busy, send } from "./net.js";
import { enhance } from "./picker.js";

const sheet = document.getElementById("sheet");
const slot = document.getElementById("slot");
const compose = slot.closest(".compose");

// What had the focus when the dialog opened; it may have been drawn anew since.
let opener = null;

// Shows the form that the playground answered with; closes `answered` where it has none.
export function show(answer, answered = null) {
  if (!answer?.form) {
    if (answer && answered) close(answered);
    return;
  }
  const parsed = new DOMParser().parseFromString(answer.form, "text/html");
  const form = document.importNode(parsed.querySelector("form"), true);
  if (answer.place === "composer") {
    slot.replaceChildren(form);
    compose.classList.add("has-form");
  } else {
    if (answered?.dataset.form === "composer") close(answered);
    sheet.replaceChildren(form);
    sheet.setAttribute("aria-labelledby", form.getAttribute("aria-labelledby"));
    if (!sheet.open) {
      opener = document.activeElement;
      sheet.showModal();
    }
  }
  enhance(form);
  count(form);
  focusFirst(form);
}

function focusFirst(form) {
  const wrong = form.querySelector(".field:has(.error) :is(input:not([type=hidden]), textarea, select)");
  const first = form.querySelector(".field :is(input:not([type=hidden]), textarea, select)");
  (wrong ?? first ?? form.querySelector("[type=submit]")).focus();
}

function close(form) {
  if (form.dataset.form === "composer") {
    slot.replaceChildren();
    compose.classList.remove("has-form");
    document.getElementById("text").focus();
  } else {
    sheet.close();
  }
}

sheet.addEventListener("close", () => {
  sheet.replaceChildren();
  const post = opener?.closest?.("[data-post]");
  const back = opener?.isConnected ? opener : post && document.getElementById(post.id);
  (back ?? document.getElementById("text")).focus();
});

// Says how many characters are left once few are, as people count them.
function count(form) {
  for (const field of form.querySelectorAll("[data-most]:is(textarea, input)")) {
    const shown = document.createElement("output");
    shown.className = "count";
    shown.setAttribute("aria-hidden", "true");
    field.after(shown);
    const most = Number(field.dataset.most);
    const tell = () => {
      const used = [...field.value.trim()].length;
      shown.textContent = used > most * 0.6 ? `${used} / ${most}` : "";
      shown.classList.toggle("is-over", used > most);
    };
    field.addEventListener("input", tell);
    tell();
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-form]");
  if (!form) return;
  event.preventDefault();
  await busy(form, async () => show(await send("submit", new FormData(form)), form));
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-form]");
  if (!form || event.isComposing) return;
  if (event.key === "Escape" && form.dataset.form === "composer") close(form);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

export async function press(wire, from) {
  const body = new FormData();
  body.set("laurel.action", wire);
  for (const [name, value] of Object.entries(from)) body.set(`laurel.${name}`, value);
  show(await send("press", body));
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer) {
    const form = closer.closest("form[data-form]");
    if (form) close(form);
    else closer.closest("dialog").close();
  }
  const button = event.target.closest("[data-press]");
  if (button) busy(button, () => press(button.dataset.press, pressed(button)));
  const picked = event.target.closest("[data-pick]");
  if (picked) {
    const select = picked.parentElement.querySelector("select");
    if (select.value) busy(picked, () => press(select.value, pressed(picked)));
    else select.focus();
  }
});

function pressed(element) {
  return { pressed: element.closest("[data-post]").dataset.post };
}
