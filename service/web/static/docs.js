// Trying a call: builds the URL from the form and shows the answer below it.
"use strict";

const addressOf = (form) => {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (path.includes(`{${name}}`)) path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "") query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
};

const readable = (text, type) =>
  /json/.test(type) ? JSON.stringify(JSON.parse(text), null, 2) : text;

const show = (form, address, status, body) => {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = `GET ${address}`;
  const heading = document.createElement("p");
  heading.append(link, ` ${status}`);
  const pre = document.createElement("pre");
  pre.textContent = body;
  form.querySelector("output").replaceChildren(heading, pre);
};

const ask = async (form) => {
  const address = addressOf(form);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const type = answer.headers.get("Content-Type") ?? "";
    show(form, address, `${answer.status} ${answer.statusText}`, readable(await answer.text(), type));
  } catch (error) {
    show(form, address, "no answer", String(error));
  }
};

// If the service has no configured URL, shows the origin of this page.
for (const service of document.querySelectorAll(".service")) {
  if (!service.textContent.includes("://")) service.prepend(location.origin);
}

for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
