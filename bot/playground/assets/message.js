// One message as it is shown: text with its entities, stand-ins for pictures and files, the buttons under it.

import {clockTime, drawn, el, face, icon} from "./dom.js";

const TAGS = {bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote"};

/** A text and its entities as nodes. Offsets count UTF-16 units, as JavaScript does. */
export function rich(text, entities, onCommand, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  let next = 0;
  while (next < entities.length) {
    const entity = entities[next];
    const end = Math.min(entity.offset + entity.length, to);
    const inside = entities.slice(next + 1).filter((one) => one.offset < end);
    nodes.push(...drawn(text.slice(at, entity.offset)));
    nodes.push(mark(entity, text.slice(entity.offset, end), rich(text, inside, onCommand, entity.offset, end), onCommand));
    at = end;
    next += 1 + inside.length;
  }
  nodes.push(...drawn(text.slice(at, to)));
  return nodes;
}

function mark(entity, words, children, onCommand) {
  if (entity.type in TAGS) return el(TAGS[entity.type], {}, ...children);
  if (entity.type === "bot_command") {
    return el("button", {class: "command", type: "button", onclick: () => onCommand(words)}, words);
  }
  if (entity.type === "mention") return el("span", {class: "mention"}, words);
  if (entity.type === "url" || entity.type === "text_link") {
    const address = entity.url ?? words;
    if (!/^https?:/i.test(address)) return el("span", {}, ...children);
    return el("a", {href: address, target: "_blank", rel: "noopener noreferrer"}, ...children);
  }
  if (entity.type === "spoiler") {
    const hidden = el("span", {class: "spoiler", role: "button", tabindex: "0", "aria-label": "点开可见的内容"}, ...children);
    const show = () => { hidden.classList.add("seen"); hidden.removeAttribute("aria-label"); };
    hidden.addEventListener("click", show);
    hidden.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
    return hidden;
  }
  return el("span", {}, ...children);
}

/** One line that says what a message is, for lists and quotations. */
export function summary(message) {
  if (message.text) return message.text.replace(/\s+/g, " ");
  const kind = KINDS.find(([name]) => name in message);
  return kind ? `[${kind[1]}]` : "";
}

const KINDS = [["photo", "图片"], ["voice", "语音"], ["sticker", "表情"], ["document", "文件"], ["location", "位置"]];

function standIn(message) {
  if (message.photo) return el("div", {class: "picture", role: "img", "aria-label": "图片"}, icon("photo"));
  if (message.sticker) return icon("sticker");
  if (message.voice) return thing("play", "语音", `0:0${message.voice.duration}`);
  if (message.document) return saved(message.document);
  if (message.location) return thing("location", "位置", `${message.location.latitude}, ${message.location.longitude}`);
  return null;
}

/** A document, to be saved under its name. */
function saved({file_id: file, file_name: name, file_size: size, href}) {
  return el("a", {class: "thing", href: href ?? `/play/api/file/${encodeURIComponent(file)}`, download: name},
    ...thing("document", name, `${Math.max(1, Math.round(size / 1024))} KB`).childNodes);
}

function thing(picture, title, detail) {
  return el("div", {class: "thing"}, el("span", {}, icon(picture)), el("div", {}, el("strong", {}, title), el("small", {}, detail)));
}

/**
 * The element of a message. `shown` is `{message, shown_at}`; `view` says who looks (`person`, `group`, `member(id)`)
 * and what to do on `onTap(message, button, key)`, `onCommand`, `onQuote(id)`, `acts(message)`.
 */
export function messageElement(shown, view) {
  const {message} = shown;
  const own = message.from.id === view.person;
  const member = view.member(message.from.id);
  const quoted = message.reply_to_message;
  const bubble = el("div", {class: "bubble"},
    view.group && !own ? el("span", {class: "sender"}, message.from.first_name) : null,
    message.forward_origin ? el("span", {class: "forwarded"}, `转发自 ${message.forward_origin.sender_user_name}`) : null,
    quoted ? el("button", {class: "quoted", type: "button", onclick: () => view.onQuote(quoted.message_id)},
      el("strong", {}, quoted.from.first_name), el("span", {}, ...drawn(summary(quoted)))) : null,
    standIn(message),
    message.text ? el("span", {class: "text"}, ...rich(message.text, message.entities ?? [], view.onCommand)) : null,
    el("span", {class: "stamp"}, own && message.edit_date ? "已编辑 " : null, clockTime(shown.shown_at)));
  const element = el("article", {class: `message ${own ? "own" : ""} ${message.sticker ? "sticker" : ""}`,
    "data-id": message.message_id, "data-from": message.from.id, "data-at": shown.shown_at},
    own ? null : face(member, "small"),
    el("div", {class: "stack"}, bubble, keys(message, view)),
    el("div", {class: "acts"}, ...view.acts(message).map(({name, label, run}) =>
      el("button", {class: "icon", "aria-label": label, title: label, onclick: run}, icon(name)))));
  return element;
}

function keys(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return el("div", {class: "keys", role: "group", "aria-label": "可选操作"}, ...rows.map((row) =>
    el("div", {}, ...row.map((button) => {
      const label = el("span", {}, ...drawn(button.text));
      if (/^https?:/i.test(button.url ?? "")) {
        return el("a", {class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer"}, label);
      }
      const key = el("button", {class: "key", type: "button"}, label);
      key.addEventListener("click", () => view.onTap(message, button, key));
      return key;
    }))));
}
