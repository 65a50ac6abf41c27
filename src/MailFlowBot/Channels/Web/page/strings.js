// The page's sentences, both languages side by side in strings.json.
let strings = {};
let language = "en";

export async function loadStrings() {
  strings = await (await fetch("/playground/strings.json")).json();
}

export function setLanguage(code) {
  language = code;
  document.documentElement.lang = code;
  for (const element of document.querySelectorAll("[data-say]"))
    element.textContent = say(element.dataset.say);
}

export const currentLanguage = () => language;

export const has = key => Object.hasOwn(strings, key);

export function say(key, ...args) {
  const sentence = strings[key]?.[language] ?? key;
  // A function as replacement: arguments are foreign text and may hold "$&".
  return sentence.replace(/\{(\d)\}/g, (whole, place) => args[place] ?? whole);
}

export const clock = time =>
  new Date(time).toLocaleTimeString(language === "ja" ? "ja-JP" : "en-GB", { hour: "2-digit", minute: "2-digit" });

export const moment = time =>
  new Date(time).toLocaleString(language === "ja" ? "ja-JP" : "en-GB", { dateStyle: "medium", timeStyle: "long" });
