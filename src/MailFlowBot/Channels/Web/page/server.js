// Everything that goes to and comes from the bot.
import { currentLanguage, say, has } from "./strings.js";

export class Refused extends Error {
  constructor(code, status) {
    super(say(has(`error.${code}`) ? `error.${code}` : "error.failed"));
    this.code = code;
    this.status = status;
  }
}

async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, language: currentLanguage() }),
    });
  } catch {
    throw new Refused("unreachable", 0);
  }
  if (response.ok) return response.json();
  const code = await response.json().then(answer => answer.error.code, () => "failed");
  throw new Refused(code, response.status);
}

export const load = async path => (await fetch(path)).json();

export const sendMessage = message => post("/playground/messages", message);

export const sendClick = (as, replyToId, action) =>
  post("/playground/clicks", { as, replyToId, value: { action, trigger: "manual" } });

// Calls back with every snapshot and change, and with true or false when the connection comes or goes.
export function watch(onSnapshot, onChange, onConnected) {
  let source;
  const open = () => {
    source = new EventSource("/playground/events");
    source.addEventListener("snapshot", event => { onConnected(true); onSnapshot(JSON.parse(event.data)); });
    source.addEventListener("change", event => onChange(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      onConnected(false);
      // The browser itself tries again after a broken connection, but never after a refusal: then the bot was started
      // again and its new token comes with the page.
      if (source.readyState === EventSource.CLOSED) setTimeout(reopen, 2000);
    });
  };
  const reopen = () => fetch("/", { cache: "no-store" }).then(open, () => setTimeout(reopen, 2000));
  open();
  addEventListener("pagehide", () => source.close());
}
