// The two ways to the room: what hands do on phones, and what the page orders.

import { toast } from "./dom.js";
import { say } from "./texts.js";

async function post(path, body) {
  try {
    const response = await fetch(path, { method: "POST", body: JSON.stringify(body) });
    const answer = await response.json();
    if (response.ok) return answer;
    toast(answer.error ?? answer.description ?? say("failed"));
  } catch {
    toast(say("gone"));
  }
  return null;
}

/** Do something on a phone: open, say, share, tap, edit, block, unblock. */
export const act = (chat, deed, given = {}) => post(`/sandbox/chats/${chat}/${deed}`, given);

/** Order something of the room: clock, faults, tour, record, people/ID. */
export const order = (what, given) => post(`/room/${what}`, given);

/** Return what is behind a chat. */
export async function behind(chat, language) {
  const response = await fetch(`/room/behind?chat=${chat}&language=${language}`);
  return response.ok ? response.json() : null;
}

/** Return the address of a file that was sent in a chat. */
export const fileAt = (chat, file) =>
  `/room/chats/${chat}/files/${encodeURIComponent(file.file_id)}?name=${encodeURIComponent(file.file_name ?? "")}`;
