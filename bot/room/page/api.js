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

/** Return what is at an address; null when it cannot be had now. */
export async function read(address, as) {
  try {
    const response = await fetch(address);
    return response.ok ? await response[as]() : null;
  } catch {
    return null;
  }
}

/** Return what is behind a chat; null when it cannot be had now. */
export const behind = (chat, language) => read(`/room/behind?chat=${chat}&language=${language}`, "json");

/** Return the address of a file that was sent in a chat. */
export const fileAt = (chat, file) =>
  `/room/chats/${chat}/files/${encodeURIComponent(file.file_id)}?name=${encodeURIComponent(file.file_name ?? "")}`;
