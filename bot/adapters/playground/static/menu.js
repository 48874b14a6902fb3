// The menu of a message, and the drawer that shows what stands behind it.

import { address, toast } from "./net.js";
import { press } from "./forms.js";

const menu = document.getElementById("menu");
const drawer = document.getElementById("drawer");
let button = null;

const items = () => [...menu.querySelectorAll("[role=menuitem]")];

function open(more) {
  close();
  button = more;
  button.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place();
  items()[0].focus();
}

function place() {
  if (!button) return;
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + size.height + 12 < innerHeight;
  const start = document.dir === "rtl" ? at.left : at.right - size.width;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - size.height - 4)}px`;
  menu.style.left = `${Math.min(Math.max(8, start), innerWidth - size.width - 8)}px`;
}

function close() {
  if (!button) return;
  button.setAttribute("aria-expanded", "false");
  menu.hidePopover();
  button = null;
}

document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  if (more) {
    if (more === button) close();
    else open(more);
    return;
  }
  const item = event.target.closest("[role=menuitem]");
  if (!item) {
    close();
    return;
  }
  const { post } = button.closest("[data-post]").dataset;
  button.focus();
  close();
  if (item.dataset.action) press(item.dataset.action, { target: post });
  else inspect(post);
});

menu.addEventListener("keydown", (event) => {
  const all = items();
  const at = all.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0, End: all.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[to].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    button.focus();
    close();
  }
});

document.getElementById("log").addEventListener("scroll", place);

async function inspect(post) {
  const response = await fetch(address(`inspect/${post}`)).catch(() => null);
  if (!response?.ok) {
    toast(document.body.dataset.failed);
    return;
  }
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const shown = document.getElementById("inspected");
  shown.replaceChildren(...document.importNode(parsed.body, true).childNodes);
  mark(post);
  drawer.hidden = false;
  drawer.querySelector("[role=tab]").focus();
}

function mark(post) {
  document.querySelector(".is-chosen")?.classList.remove("is-chosen");
  if (post) document.getElementById(`post-${post}`)?.classList.add("is-chosen");
}

function closeDrawer() {
  const chosen = document.querySelector(".is-chosen [data-more]");
  drawer.hidden = true;
  mark(null);
  (chosen ?? document.getElementById("text")).focus();
}

drawer.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-drawer]")) closeDrawer();
  const tab = event.target.closest("[role=tab]");
  if (tab) select(tab);
});

drawer.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
  const tab = event.target.closest("[role=tab]");
  if (!tab) return;
  const tabs = [...drawer.querySelectorAll("[role=tab]")];
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const step = { [forward]: 1, [back]: -1 }[event.key];
  if (step) select(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]);
});

function select(chosen) {
  for (const tab of drawer.querySelectorAll("[role=tab]")) {
    const is = tab === chosen;
    tab.setAttribute("aria-selected", String(is));
    tab.tabIndex = is ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !is;
  }
  chosen.focus();
}
