// Building the page from values. Texts go in as text nodes only, so nothing in a message can become markup.

export const $ = (id) => document.getElementById(id);

/** An element: `properties` are attributes, `onclick` and the like are listeners; null children are left out. */
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child != null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/assets/icons.svg#${name}`);
  made.append(use);
  return made;
}

/** The round picture of a person, a group or (null) the bot. */
export function face(member, size = "") {
  if (!member) return el("span", {class: `face ${size}`, "aria-hidden": "true"}, el("img", {src: "/assets/icon.svg", alt: ""}));
  return el("span", {class: `face ${size} tone-${Math.abs(member.id) % 7}`, "aria-hidden": "true"}, member.mark);
}

const SIGNS = {"🟢": "green", "🟡": "amber", "🔴": "red", "🔵": "blue", "🟦": "light-blue", "⚪": "grey", "👍": "up", "👎": "down"};
const SIGN = new RegExp(`(${Object.keys(SIGNS).join("|")})`, "u");

/** A text as nodes, its signs drawn as pictures over the characters: not every machine has a font for them. */
export function drawn(text) {
  return text.split(SIGN).filter((piece) => piece !== "").map((piece) => {
    const kind = SIGNS[piece];
    return kind ? el("span", {class: `sign ${kind}`}, piece, kind === "up" || kind === "down" ? icon("sticker") : null) : piece;
  });
}

export const clockTime = (shownAt) => shownAt.slice(11, 16);

export function dayName(isoDay) {
  const [year, month, day] = isoDay.slice(0, 10).split("-").map(Number);
  const weekday = "日一二三四五六"[new Date(year, month - 1, day).getDay()];
  return `${year}年${month}月${day}日 周${weekday}`;
}
