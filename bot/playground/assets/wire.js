// The page's own routes: what it asks the playground for, and the events that come back.

export async function read(path) {
  const answer = await fetch(`/play/api/${path}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Do something as a person; throws with the refusal's words. */
export async function act(path, body) {
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
  const socket = new WebSocket(`ws://${location.host}/play/api/events`);
  socket.onopen = onOpen;
  socket.onmessage = (sent) => onEvent(JSON.parse(sent.data));
  socket.onclose = () => {
    onLost();
    setTimeout(() => listen(onEvent, onOpen, onLost), AGAIN_MS);
  };
}
