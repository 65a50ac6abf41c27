// Builds elements. Text always goes in as text: nothing that came from a person or a server is ever parsed as HTML here.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && !key.startsWith("aria")) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

const hues = { alice: 265, bob: 200, carol: 330, dave: 35 };

export function avatar(author) {
  const mark = element("span", { class: author === null ? "avatar bot" : "avatar", "aria-hidden": "true" });
  paintAvatar(mark, author);
  return mark;
}

export function paintAvatar(mark, author) {
  mark.textContent = author === null ? "✉" : author.slice(0, 1).toUpperCase();
  if (author !== null) mark.style.setProperty("--hue", hues[author] ?? 140);
}

// Only addresses of this very page become links, as those of transcripts do; everything else stays text.
export function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'`|）」、。]+/g)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    if (!URL.canParse(address) || new URL(address).origin !== location.origin) continue;
    parts.push(text.slice(from, match.index), element("a", { href: address, target: "_blank", rel: "noopener" }, address));
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return parts;
}
