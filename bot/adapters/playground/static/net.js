// What is sent, each under an id of its own, so that a repeat is known as one.

const { base, failed } = document.body.dataset;

export const address = (path) => `${base}/${path}`;

export function toast(words) {
  const shown = document.getElementById("toast");
  shown.textContent = words;
  shown.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { shown.hidden = true; }, 6000);
}

// Resolves to what the playground answered, or to null where it did not take it.
async function answered(request) {
  try {
    const response = await request();
    const kind = response.headers.get("Content-Type") ?? "";
    const answer = kind.includes("json") ? await response.json() : {};
    if (response.ok) return answer;
    toast(answer.problem ?? failed);
  } catch {
    toast(failed);
  }
  return null;
}

export function send(path, body) {
  if (!body.has("laurel.id")) body.set("laurel.id", crypto.randomUUID());
  return answered(() => fetch(address(path), { method: "POST", body }));
}

export function ask(path, query) {
  return answered(() => fetch(`${address(path)}?${new URLSearchParams(query)}`));
}

// Marks what is under way, so that one press is one press.
export async function busy(element, work) {
  if (element.getAttribute("aria-busy") === "true") return undefined;
  element.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    element.removeAttribute("aria-busy");
  }
}
