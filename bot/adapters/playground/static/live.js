// Keeps this tab as the playground is: posts, unread counts, the clock.

import { address, send, toast } from "./net.js";

const log = document.getElementById("log");
const room = document.title;
const past = Boolean(document.querySelector("[data-past]"));
let clock = null;

// Whether the newest is in view; kept so that what grows below does not hide it.
let atEnd = true;
const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toEnd = () => { log.scrollTop = log.scrollHeight; };

function drawn(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return document.importNode(parsed.body.firstElementChild, true);
}

// Draws anew without taking the focus from whoever has it there.
function redraw(element, html) {
  const held = element.contains(document.activeElement) ? document.activeElement : null;
  const mark = held && (held.dataset.clock
    ? `[data-clock="${held.dataset.clock}"]` : `[href="${held.getAttribute("href")}"]`);
  const parsed = new DOMParser().parseFromString(html, "text/html");
  element.replaceChildren(...document.importNode(parsed.body, true).childNodes);
  if (mark) (element.querySelector(mark) ?? element.querySelector("button, a"))?.focus();
}

function place({ id, html, mine }) {
  const article = drawn(html);
  const standing = document.getElementById(`post-${id}`);
  if (standing) {
    const held = standing.contains(document.activeElement);
    standing.replaceWith(article);
    if (held) article.focus({ preventScroll: true });
    if (!mine) seen(); // what was said in its thread counts as well
    return;
  }
  if (past || !isNewest(Number(id))) return;
  const follow = nearEnd();
  document.getElementById("empty")?.remove();
  separate(article);
  article.classList.add("is-new");
  log.append(article);
  if (follow || mine) toEnd();
  if (!mine) seen();
}

function isNewest(id) {
  const last = [...log.querySelectorAll("[data-post]")].at(-1);
  return !last || id > Number(last.dataset.post);
}

function separate(article) {
  const { day, dayLabel } = article.dataset;
  const last = [...log.querySelectorAll("[data-separator]")].at(-1);
  if (last?.dataset.separator === day) return;
  const line = document.createElement("p");
  line.className = "day";
  line.dataset.separator = day;
  const label = document.createElement("span");
  label.textContent = dayLabel;
  line.append(label);
  log.append(line);
}

// Times such as "in two days" and "yesterday" are other words after the clock moved.
async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok) return;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const follow = nearEnd();
  const held = document.activeElement?.closest?.("[data-post]")?.id;
  log.setAttribute("aria-live", "off"); // the same messages are no news
  log.replaceChildren(...document.importNode(parsed.getElementById("log"), true).childNodes);
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
  if (follow) toEnd();
}

function chrome(shown) {
  if (shown.bar !== undefined) redraw(document.getElementById("clock"), shown.bar);
  if (shown.rooms !== undefined) redraw(document.getElementById("room-list"), shown.rooms);
  if (shown.platform !== undefined) redraw(document.getElementById("platform"), shown.platform);
  if (shown.waiting !== undefined) redraw(document.getElementById("waiting"), shown.waiting);
  document.querySelector(`#platform-panel [value="${shown.fault}"]`).checked = true;
  document.title = shown.unread ? `(${shown.unread}) ${room}` : room;
  if (clock !== null && clock !== shown.clock) refresh();
  clock = shown.clock;
}

function seen() {
  if (document.visibilityState === "visible") send("read", new FormData());
}

export function listen() {
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  else toEnd();
  log.addEventListener("scroll", () => { atEnd = nearEnd(); });
  new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(log);
  const stream = new EventSource(address(`live?after=${document.body.dataset.revision}`));
  const on = (kind, told) =>
    stream.addEventListener(kind, (event) => told(JSON.parse(event.data)));
  on("post", place);
  on("gone", ({ id }) => document.getElementById(`post-${id}`)?.remove());
  on("chrome", chrome);
  on("stale", () => location.reload());
  let lost = false;
  stream.addEventListener("error", () => {
    if (!lost) toast(document.body.dataset.lost);
    lost = true;
    // A refusal ends the stream for good; a fresh page says why.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000);
  });
  stream.addEventListener("open", () => {
    if (lost) document.getElementById("toast").hidden = true;
    lost = false;
  });
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("pagehide", () => stream.close());
}
