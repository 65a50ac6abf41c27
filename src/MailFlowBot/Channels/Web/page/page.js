// Joins the parts: people, language, threads, composer, drills.
import { canRender, prepareCards } from "./card.js";
import { Composer } from "./composer.js";
import { element } from "./dom.js";
import { load, Refused, sendClick, sendMessage, watch } from "./server.js";
import { currentLanguage, has, loadStrings, say, setLanguage } from "./strings.js";
import { Threads } from "./thread.js";

const byId = id => document.getElementById(id);
const scroll = byId("scroll");
const words = ["symptom", "help", "status", "check", "servers", "incidents", "note", "freeze"];
const wordSamples = { check: "check EX03", note: "note …" };

const [settings, people] = await Promise.all(
  [load("/playground/settings"), load("/playground/people"), loadStrings(), prepareCards()]);

// Each browser tab keeps its own person, so that two tabs can be two people.
let person = people.some(one => one.name === sessionStorage.person) ? sessionStorage.person : people[0].name;
const sent = new Set();

const threads = new Threads(byId("threads"), { click, reply, person: () => person });
const composer = new Composer({ send, title: thread => threads.title(thread) });

async function send(text, thread) {
  const id = crypto.randomUUID();
  sent.add(id);
  try {
    await sendMessage({ as: person, thread, id, text });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    composer.error(error.message);
    if (error.code === "thread-gone") composer.target(null);
    // After a failure inside the bot the message stands in the thread; in every other case it was not taken.
    if (error.code !== "failed") composer.giveBack(text);
  }
}

async function click(post, action, shown) {
  const as = person;
  shown.busy = true;
  try {
    const answer = await sendClick(as, post.id, action);
    threads.answer(post.id, as, answer.value, answer.refusal ?? null);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    threads.answer(post.id, as, error.message, error.code);
  } finally {
    shown.busy = false;
  }
}

function reply(thread) {
  composer.target(thread);
  composer.focus();
}

function choosePerson(name) {
  person = sessionStorage.person = name;
  composer.person(name);
  threads.refresh();
}

function chooseLanguage(code) {
  localStorage.language = code;
  setLanguage(code);
  byId("language").value = code;
  byId("person").replaceChildren(...people.map(({ name }) => element(
    "option", { value: name, selected: name === person }, has(`person.${name}`) ? `${name} – ${say(`person.${name}`)}` : name)));
  byId("missing").textContent = say("missing.library");
  byId("jump").textContent = say("jump.newest");
  byId("examples").replaceChildren(...[1, 2, 3].map(place => fillButton(say(`welcome.example.${place}`), "example")));
  byId("words").replaceChildren(...words.map(word => element("li", {},
    word === "symptom" ? null : fillButton(wordSamples[word] ?? word, "word"), element("span", {}, say(`words.${word}`)))));
  byId("drills").replaceChildren(...settings.drills.map(drill => element("li", {},
    element("button", { type: "button", class: "drill", onclick: () => send(`drill ${drill}`, null) }, drill),
    has(`drill.${drill}`) ? element("span", {}, say(`drill.${drill}`)) : null)));
  composer.label();
  threads.refresh();
}

function fillButton(text, kind) {
  const button = element("button", { type: "button", class: kind, onclick: () => composer.fill(text.replace("…", "")) }, text);
  return kind === "example" ? element("li", {}, button) : button;
}

const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;

// Keeps the newest post in view for who stands at the end, and never moves the page under who reads further up.
function keepEnd(change, isMine) {
  const wasAtEnd = atEnd();
  change();
  byId("welcome").hidden = !threads.isEmpty;
  if (!threads.isEmpty && (wasAtEnd || isMine)) scroll.scrollTop = scroll.scrollHeight;
  byId("jump").hidden = atEnd();
}

function onChange({ post, dropped }) {
  const isMine = sent.has(post.id);
  keepEnd(() => {
    dropped.forEach(id => threads.drop(id));
    threads.put(post);
  }, isMine);
  if (isMine && composer.thread === null) composer.target(post.thread);
  if (post.kind === "Card") byId("announce").textContent = say("card.updated", post.text);
}

function onSnapshot({ posts }) {
  keepEnd(() => threads.reset(posts), false);
  if (composer.thread !== null && !threads.has(composer.thread)) composer.target(null);
}

byId("person").addEventListener("change", event => choosePerson(event.target.value));
byId("language").addEventListener("change", event => chooseLanguage(event.target.value));
byId("jump").addEventListener("click", () => { scroll.scrollTop = scroll.scrollHeight; });
scroll.addEventListener("scroll", () => { if (atEnd()) byId("jump").hidden = true; });
byId("drills-panel").hidden = settings.drills.length === 0;
for (const panel of document.querySelectorAll(".panel")) panel.open = matchMedia("(min-width: 960px)").matches;
byId("missing").hidden = canRender();

choosePerson(person);
chooseLanguage(localStorage.language ?? (navigator.language.startsWith("ja") ? "ja" : "en"));
watch(onSnapshot, onChange, connected => {
  byId("connection").hidden = connected;
  byId("connection").textContent = connected ? "" : say("connection.lost");
});
// Not on a touch screen, where focus brings the keyboard up over the page.
if (matchMedia("(hover: hover)").matches) composer.focus();
document.documentElement.dataset.ready = currentLanguage();
