// What the page asks for and is told. What is the playground's own goes over its routes; the chats, too, where the bot
// speaks the Bot API, and otherwise over the page's own channel (web.js).

import * as web from "./web.js";

let overWeb = false;
let tell = () => {};

export async function read(path) {
  if (overWeb && path.startsWith("messages?")) return web.messages(path);
  const answer = await fetch(`/play/api/${path}`);
  if (!answer.ok) throw new Error(String(answer.status));
  const found = await answer.json();
  if (path !== "state" || found.channel !== "web") return found;
  overWeb = true;
  await web.connect(found, tell);
  return {...found, ...await web.state()};
}

/** Do something as a person; throws with the refusal's words. */
export async function act(path, body) {
  if (overWeb && web.POSTS.has(path)) return web.post(path, body);
  const answer = await fetch(`/play/api/${path}`, {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
}

const AGAIN_MS = 1000;

/** Call `onEvent` with every event, and `onOpen` on each connection: what happened in between must be read anew. */
export function listen(onEvent, onOpen, onLost) {
  tell = (event) => (event.kind === "anew" ? onOpen() : onEvent(event));
  const socket = new WebSocket(`ws://${location.host}/play/api/events`);
  socket.onopen = onOpen;
  socket.onmessage = (sent) => onEvent(JSON.parse(sent.data));
  socket.onclose = () => {
    onLost();
    setTimeout(() => listen(onEvent, onOpen, onLost), AGAIN_MS);
  };
}
