// Adaptive Cards as Teams shows them: the library with the Markdown processor that it does not bring itself.
import { element } from "./dom.js";
import { say } from "./strings.js";

let hostConfig = null;

export const canRender = () => Boolean(globalThis.AdaptiveCards && globalThis.markdownit);

export async function prepareCards() {
  if (!canRender()) return;
  const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
  hostConfig = new HostConfig(await (await fetch("/playground/hostconfig.json")).json());
  const markdown = globalThis.markdownit({ html: false, linkify: false, breaks: false });
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
}

const control = input => input?.renderedElement?.querySelector("input,textarea,select") ?? null;

const caption = button => button.title || button.textContent;

function visibility(card) {
  const visible = new Map();
  const visit = item => {
    if (item.id) visible.set(item.id, item.isVisible);
    for (let place = 0; place < (item.getItemCount?.() ?? 0); place++) visit(item.getItemAt(place));
  };
  visit(card);
  return visible;
}

export class ShownCard {
  #onExecute;
  #json = null;
  #card = null;
  #initial = null;
  #waiting = null;
  #composing = false;

  constructor(onExecute) {
    this.#onExecute = onExecute;
    this.root = element("div", { class: "card", tabIndex: -1 });
    // A card that is replaced under an input method would lose the half-typed word.
    this.root.addEventListener("compositionstart", () => { this.#composing = true; });
    this.root.addEventListener("compositionend", () => {
      this.#composing = false;
      if (this.#waiting) setTimeout(() => this.#waiting && this.show(...this.#waiting));
    });
  }

  show(card, summary) {
    if (this.#composing) {
      this.#waiting = [card, summary];
      return;
    }
    this.#waiting = null;
    const json = JSON.stringify(card);
    if (json === this.#json) return;
    this.#json = json;
    const kept = this.#card && this.#remember();
    this.root.replaceChildren(this.#render(card, summary));
    if (kept && this.#card) this.#restore(kept);
  }

  set busy(value) {
    this.root.classList.toggle("busy", value);
    this.root.setAttribute("aria-busy", value);
    for (const button of this.root.querySelectorAll("button")) button.disabled = value;
  }

  #render(card, summary) {
    this.#card = null;
    if (!canRender()) return element("p", { class: "plain-card" }, card.fallbackText ?? summary);
    const parsed = new globalThis.AdaptiveCards.AdaptiveCard();
    parsed.hostConfig = hostConfig;
    parsed.onExecuteAction = action => this.#execute(action);
    parsed.parse(card);
    const rendered = parsed.render();
    if (!rendered) return element("p", { class: "plain-card" }, card.fallbackText ?? say("card.unreadable"));
    this.#card = parsed;
    this.#initial = visibility(parsed);
    return rendered;
  }

  #execute(action) {
    const type = action.getJsonTypeName();
    if (type === "Action.OpenUrl") {
      if (/^https?:\/\//i.test(action.url ?? "")) window.open(action.url, "_blank", "noopener");
      return;
    }
    // The library tells of what it does itself too: ToggleVisibility, ShowCard.
    if (type === "Action.Execute" || type === "Action.Submit") this.#onExecute({ type, id: action.id ?? "", verb: action.verb, data: action.data ?? {} });
  }

  // What the person has typed, opened and focused in the card that is about to be replaced.
  #remember() {
    const typed = new Map();
    for (const input of this.#card.getAllInputs()) {
      const field = control(input);
      if (field && input.id) typed.set(input.id, field.type === "checkbox" ? field.checked : field.value);
    }
    const opened = new Map([...visibility(this.#card)].filter(([id, visible]) => this.#initial.get(id) !== visible));
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    const button = focused?.closest("button");
    return {
      typed,
      opened,
      focus: focused && {
        input: this.#card.getAllInputs().find(input => control(input) === focused)?.id,
        button: button && caption(button),
        selection: typeof focused.selectionStart === "number" ? [focused.selectionStart, focused.selectionEnd] : null,
      },
    };
  }

  #restore({ typed, opened, focus }) {
    for (const [id, visible] of opened) {
      const item = this.#card.getElementById(id);
      if (item) item.isVisible = visible;
    }
    for (const input of this.#card.getAllInputs()) {
      const field = control(input);
      if (!field || !typed.has(input.id)) continue;
      if (field.type === "checkbox") field.checked = typed.get(input.id);
      else field.value = typed.get(input.id);
    }
    if (!focus) return;
    const target = (focus.input && control(this.#card.getAllInputs().find(input => input.id === focus.input)))
      || (focus.button && [...this.root.querySelectorAll("button")].find(button => caption(button) === focus.button))
      || this.root;
    target.focus({ preventScroll: true });
    if (focus.selection && target.setSelectionRange) target.setSelectionRange(...focus.selection);
  }
}
