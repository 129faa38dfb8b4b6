// What has somebody said, and was it ever said like that? Uses fetch, in Node or a browser's console.
//
//   node client.mjs http://127.0.0.1:8000 "Vladimir Putin" "close neighbors bound by traditions"
//
// If the service requires a token for reading, set ONRECORD_TOKEN.
if (process.argv.length !== 5) {
  console.error("usage: client.mjs SERVICE SPEAKER QUOTE");
  process.exit(1);
}
const [address, speaker, quote] = process.argv.slice(2);
const service = address.replace(/\/*$/, "/");
const token = process.env.ONRECORD_TOKEN;

const ask = async (path, body) => {
  const answer = await fetch(new URL(path, service), {
    method: body ? "POST" : "GET",
    headers: {
      Accept: "application/json",
      ...(body && { "Content-Type": "application/json" }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(`${result.title}: ${result.detail}`); // RFC 9457
  return result;
};

// All quotations, page by page; `next` is the path of the following page.
async function* quotations() {
  let path = `quotes?${new URLSearchParams({ speaker, limit: 200 })}`;
  while (path) {
    const page = await ask(path);
    yield* page.items;
    path = page.next;
  }
}

const found = [];
for await (const one of quotations()) found.push(one);
console.log(`${found.length} quotations`);
for (const { source, text } of found) {
  console.log([source.published, source.publisher, text.replace(/\s+/g, " ")].join("\t"));
}
console.log((await ask("verify", { quote, speaker })).verdict);
