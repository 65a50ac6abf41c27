// Threads and posts. State lives in the maps; the DOM follows it.
import { avatar, element, linked } from "./dom.js";
import { ShownCard } from "./card.js";
import { clock, moment, say } from "./strings.js";

const foldedLines = 24;

const titleOf = text => text.replace(/^\s*@MailFlow(Bot)?\b[\s:,、:]*/i, "").trim().split("\n")[0].slice(0, 80);

export class Threads {
  #root;
  #on;
  #threads = new Map();
  #posts = new Map();

  // on: { click(post, action, shown), reply(thread), person() }
  constructor(root, on) {
    this.#root = root;
    this.#on = on;
  }

  get isEmpty() { return this.#posts.size === 0; }

  has(thread) { return this.#threads.has(thread); }

  title(thread) { return this.#threads.get(thread)?.title ?? ""; }

  reset(posts) {
    const known = new Set(posts.map(post => post.id));
    for (const id of [...this.#posts.keys()]) if (!known.has(id)) this.drop(id);
    for (const post of posts) this.put(post);
  }

  put(post) {
    const shown = this.#posts.get(post.id);
    if (shown) this.#edit(shown, post);
    else this.#add(post);
  }

  drop(id) {
    const shown = this.#posts.get(id);
    if (!shown) return;
    shown.root.remove();
    this.#posts.delete(id);
    const thread = this.#threads.get(shown.post.thread);
    if (thread.list.childElementCount > 0) return;
    thread.root.remove();
    this.#threads.delete(shown.post.thread);
  }

  scrollTo(id) { this.#posts.get(id)?.root.scrollIntoView({ block: "nearest" }); }

  // The answer to a click is for the clicker alone: it is kept with the person and shown while that person is the one writing.
  answer(id, person, text, refusal) {
    const shown = this.#posts.get(id);
    if (!shown) return;
    shown.answers.set(person, { text, refusal });
    this.#showAnswer(shown);
  }

  refresh() {
    for (const shown of this.#posts.values()) this.#label(shown);
    for (const [id, thread] of this.#threads) this.#labelThread(id, thread);
  }

  #add(post) {
    const thread = this.#threads.get(post.thread) ?? this.#open(post);
    const head = element("p", { class: "head" });
    const shown = { post, head, answers: new Map(), card: null, answer: element("p", { class: "answer", role: "status", hidden: true }) };
    const body = element("div", { class: "body" }, head);
    if (post.kind === "Card") {
      shown.card = new ShownCard(action => this.#on.click(post, action, shown.card));
      shown.card.show(post.card, post.text);
      body.append(shown.card.root, shown.answer);
    } else {
      body.append(this.#text(post));
    }
    shown.root = element("article", { class: `post ${post.author ? "person" : "bot"}`, id: `post-${post.id}` }, avatar(post.author ?? null), body);
    this.#posts.set(post.id, shown);
    thread.list.append(shown.root);
    this.#label(shown);
  }

  #edit(shown, post) {
    const isNewer = post.revision > shown.post.revision || post.at !== shown.post.at;
    shown.post = post;
    if (!isNewer || !shown.card) return;
    shown.card.show(post.card, post.text);
    this.#label(shown);
  }

  #open(post) {
    const list = element("div", { class: "posts" });
    const reply = element("button", { type: "button", class: "reply", onclick: () => this.#on.reply(post.thread) });
    const root = element("section", { class: "thread" }, list, element("p", { class: "foot" }, reply));
    const thread = { root, list, reply, title: titleOf(post.text) };
    this.#threads.set(post.thread, thread);
    this.#labelThread(post.thread, thread);
    this.#root.append(root);
    return thread;
  }

  #labelThread(id, thread) {
    thread.root.setAttribute("aria-label", say("thread.label", thread.title));
    thread.reply.textContent = say("thread.reply");
  }

  #label(shown) {
    const { post, head } = shown;
    const badge = post.author ? (post.author === "dave" ? say("post.guest") : null) : say("post.bot");
    head.replaceChildren(
      element("strong", { class: "author" }, post.author ?? "MailFlowBot"),
      ...(badge ? [element("span", { class: "badge" }, badge)] : []),
      element("time", { dateTime: post.at, title: moment(post.at) }, clock(post.at)),
      ...(post.editedAt ? [element("span", { class: "edited", title: moment(post.editedAt) }, say("post.edited", clock(post.editedAt)))] : []));
    shown.root?.classList.toggle("mentioned", post.mention.includes(this.#on.person()));
    this.#showAnswer(shown);
  }

  #showAnswer({ answers, answer }) {
    const mine = answers.get(this.#on.person());
    answer.hidden = !mine;
    if (!mine) return;
    answer.className = mine.refusal ? "answer refused" : "answer";
    answer.replaceChildren(...linked(mine.text), element("span", { class: "private" }, say("answer.private")));
  }

  #text(post) {
    const text = element("p", { class: "text" });
    for (const name of post.mention) text.append(element("span", { class: "mention" }, `@${name}`), " ");
    text.append(...linked(post.text));
    if (post.cutLength > 0) text.append(element("em", {}, say("post.cut", post.cutLength)));
    if (post.text.split("\n").length <= foldedLines && post.text.length < 4000) return text;
    text.classList.add("folded");
    const more = element("button", { type: "button", class: "link", "aria-expanded": "false" }, say("post.more"));
    more.addEventListener("click", () => {
      const folded = text.classList.toggle("folded");
      more.textContent = say(folded ? "post.more" : "post.less");
      more.setAttribute("aria-expanded", !folded);
    });
    return element("div", {}, text, more);
  }
}
