// The page as the server drew it, brought to life.

import "./composer.js";
import "./menu.js";
import { busy, send } from "./net.js";
import { listen } from "./live.js";

const rooms = document.getElementById("rooms");
const toggle = document.querySelector("[data-rooms]");

function openRooms(open) {
  rooms.classList.toggle("is-open", open);
  toggle.setAttribute("aria-expanded", String(open));
  if (open) rooms.querySelector("a").focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-rooms]")) {
    openRooms(!rooms.classList.contains("is-open"));
  } else if (!event.target.closest("#rooms, dialog")) {
    openRooms(false);
  }
  const chip = event.target.closest("[data-clock]");
  if (chip) {
    const body = new FormData();
    body.set("step", chip.dataset.clock);
    busy(chip, () => send("clock", body));
  }
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  if (event.target.matches("dialog")) event.target.close();
});

document.getElementById("platform-panel").addEventListener("change", (event) => {
  send("platform", new FormData(event.currentTarget));
});

rooms.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !rooms.classList.contains("is-open")) return;
  openRooms(false);
  toggle.focus();
});

for (const filter of document.querySelectorAll("[data-filter]")) {
  const entries = document.querySelectorAll(`${filter.dataset.filter} > li`);
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLocaleLowerCase();
    for (const entry of entries) {
      entry.hidden = !entry.textContent.toLocaleLowerCase().includes(wanted);
    }
  });
}

listen();
