// The box at the foot: who writes, where to, and what.
import { paintAvatar } from "./dom.js";
import { say } from "./strings.js";

export class Composer {
  #form = document.getElementById("composer");
  #text = document.getElementById("text");
  #error = document.getElementById("composer-error");
  #target = document.getElementById("target");
  #thread = null;
  #on;

  // on: { send(text, thread), title(thread) }
  constructor(on) {
    this.#on = on;
    this.#form.addEventListener("submit", event => { event.preventDefault(); this.#submit(); });
    this.#text.addEventListener("keydown", event => {
      // Enter also confirms a conversion of a Japanese input method; 229 is what Safari reports for that.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => { this.#grow(); this.error(null); });
    document.getElementById("new-post").addEventListener("click", () => { this.target(null); this.#text.focus(); });
  }

  get thread() { return this.#thread; }

  target(thread) {
    this.#thread = thread;
    this.label();
  }

  label() {
    this.#target.hidden = this.#thread === null;
    document.getElementById("target-text").textContent =
      this.#thread === null ? "" : say("composer.replying", this.#on.title(this.#thread));
    this.#text.placeholder = say(this.#thread === null ? "composer.placeholder.new" : "composer.placeholder.reply");
  }

  person(name) { paintAvatar(document.getElementById("composer-avatar"), name); }

  fill(text) {
    this.#text.value = text;
    this.#grow();
    this.#text.focus();
  }

  // A message that was not taken comes back, unless something else has been typed since.
  giveBack(text) { if (this.#text.value === "") this.fill(text); }

  focus() { this.#text.focus(); }

  error(message) {
    this.#error.hidden = message === null;
    this.#error.textContent = message ?? "";
  }

  #submit() {
    const text = this.#text.value;
    if (text.trim() === "") return;
    this.#text.value = "";
    this.#grow();
    this.error(null);
    this.#on.send(text, this.#thread);
  }

  #grow() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
  }
}
