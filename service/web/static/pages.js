// Suggestions while typing, and copy buttons. Every page works without them.
"use strict";

const base = document.body.dataset.base;

const suggest = async (input) => {
  const start = input.value.trim();
  if (start.length < 2) return;
  const answer = await fetch(`${base}/suggest?q=${encodeURIComponent(start.slice(0, 300))}`, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || input.value.trim() !== start) return;
  const wanted = input.name === "speaker" || input.id === "f-q" && /\/speakers$/.test(location.pathname);
  const { items } = await answer.json();
  const options = items
    .filter((one) => !wanted || one.kind === "speaker")
    .map((one) => Object.assign(document.createElement("option"), { value: one.text }));
  input.list.replaceChildren(...options);
};

for (const input of document.querySelectorAll("input[data-suggest]")) {
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(input).catch(() => {}), 150);
  });
}

for (const copy of document.querySelectorAll(".copy")) {
  const [label, area] = [copy.querySelector("label"), copy.querySelector("textarea")];
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy as ${label.textContent}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      area.select();
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  copy.append(button);
}

// A page shows only part of a long text; the fragment may be in another part.
const named = location.hash.slice(1);
if (/^s-[0-9a-f]+$/.test(named) && !document.getElementById(named) && document.querySelector(".text")) {
  const asked = new URLSearchParams(location.search);
  if (!asked.has("statement")) location.replace(`${location.pathname}?statement=${named}#${named}`);
}
