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

/** Call `onEvent` with every event, and `onOpen` on each connection: what happened in between must be read anew. */
export function listen(onEvent, onOpen, onLost) {
  const source = new EventSource("/play/api/events");
  source.onopen = onOpen;
  source.onerror = onLost;
  source.onmessage = (sent) => onEvent(JSON.parse(sent.data));
}
