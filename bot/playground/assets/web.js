// The page's own channel: posts up, server-sent events down. Messages are given on in the shape that message.js draws.

const AGAIN_MS = 1000;
const ATTEMPTS = 8;

/** What is posted here; everything else is the playground's own. */
export const POSTS = new Set(["say", "edit", "tap", "file"]);

let cast = {bot: {}, people: [], others: []};
let stream = null;
let tell = () => {};
/** The messages that were seen, by their numbers: an answer names what it answers. */
const seen = new Map();

/** Listen to what happens from now on; the browser itself goes on after the last event when the stream breaks. */
export function connect(state, onEvent) {
  cast = state;
  tell = onEvent;
  stream ??= new Promise((resolve) => {
    const source = new EventSource("/web/api/events");
    source.onopen = resolve;
    source.onmessage = (sent) => {
      const event = happened(JSON.parse(sent.data));
      if (event) tell(event);
    };
  });
  return stream;
}

function happened(event) {
  if (event.kind === "toast") return {kind: "answer", tap: event.tap.slice(event.tap.indexOf(":") + 1), text: event.text};
  if (event.kind === "deleted") return {kind: "deleted", chat: event.chat, message_id: event.id};
  return event.message ? {kind: event.kind, ...shown(event.message)} : event;
}

export async function state() {
  const found = await get("state");
  return {...found, last: Object.fromEntries(Object.entries(found.last).map(([chat, message]) => [chat, shown(message)]))};
}

export async function messages(path) {
  return (await get(path)).map(shown);
}

async function get(path) {
  const answer = await fetch(`/web/api/${path}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Post until it is stored, always with the same key: so it is stored once. Throws with the refusal's words. */
export async function post(kind, {tap, file, reply_to: replyTo, ...told}) {
  const key = tap ?? crypto.randomUUID();
  const asked = file
    ? [`/web/api/file?${new URLSearchParams({key, ...told, name: file.name, picture: file.type.startsWith("image/")})}`,
      {method: "POST", headers: {"Content-Type": "application/octet-stream"}, body: file}]
    : ["/web/api/post", {method: "POST", headers: {"Content-Type": "application/json"},
      body: JSON.stringify({kind, key, ...told, ...(replyTo ? {reply_to: replyTo} : {})})}];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    const answer = await fetch(...asked).catch(() => null);
    if (answer?.ok) return;
    if (answer && answer.status !== 503) throw new Error((await answer.json().catch(() => ({}))).error);
  }
  throw new Error("away");
}

function shown(message) {
  const known = {message: drawable(message), shown_at: message.shown_at};
  seen.set(message.id, known.message);
  return known;
}

function drawable({id, chat, person, spans, keyboard, edited, reply_to: replyTo, file}) {
  const text = (spans ?? []).map(([words]) => words).join("");
  const answered = seen.get(replyTo);
  return {
    message_id: id,
    chat: {id: chat},
    from: person === null ? {...cast.bot, is_bot: true, first_name: cast.bot.name}
      : {id: person, is_bot: false, first_name: [...cast.people, ...cast.others].find((one) => one.id === person)?.name ?? ""},
    ...(text ? {text, entities: entitiesOf(text, spans)} : {}),
    ...(keyboard?.length ? {reply_markup: {inline_keyboard: keyboard.map((row) =>
      row.map(([label, data]) => ({text: label, callback_data: data})))}} : {}),
    ...(edited ? {edit_date: 1} : {}),
    ...(answered ? {reply_to_message: answered} : {}),
    ...(file ? {document: {file_id: file.id, file_name: file.name, file_size: file.size, href: `/web/api/file/${file.id}`}} : {}),
  };
}

const FOUND = [
  ["url", /https?:\/\/[^\s<>"“”，。；、（）]+/gi],
  ["bot_command", /(?<![\w/])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?!\w)/g],
];

/** The marks of the spans, and the addresses and commands that stand in the text. */
function entitiesOf(text, spans) {
  let at = 0;
  const marks = spans.map(([words, mark]) => ({type: mark, offset: (at += words.length) - words.length, length: words.length}));
  const found = FOUND.flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map((one) => ({type, offset: one.index, length: one[0].length})));
  return [...marks.filter((one) => one.type), ...found].sort((a, b) => a.offset - b.offset || b.length - a.length);
}
