// What a phone can send besides text: a place, its number, a photo, a voice message, a file.

import { act } from "./api.js";
import { dialog, el, toast } from "./dom.js";
import { peopleOf, person } from "./state.js";
import { say } from "./texts.js";

const KM_AWAY = 3;
const DEGREE = 111.2; // kilometres from south to north
const MOST = 20 * 1024 * 1024;
const KINDS = { photo: "image/*", voice: "audio/*", document: "" };

/** Open the sheet of a phone. */
export function openSheet(chat) {
  const sheet = dialog(say("attach"), say("close"), ...place(chat, () => sheet.close()), files(chat, () => sheet.close()));
}

/** Open the part that asks for a place alone. */
export function askForPlace(chat) {
  const sheet = dialog(say("location"), say("close"), ...place(chat, () => sheet.close()));
}

function place(chat, done) {
  const addresses = peopleOf("customer").filter((one) => one.latitude !== null);
  const zone = person(chat)?.zone;
  const near = addresses.find((one) => one.id === chat) ?? addresses.find((one) => one.zone === zone);
  const whose = el("select", { "aria-label": say("whose") },
    ...addresses.map((one) => el("option", { value: one.id, selected: one === near }, one.name)));
  const send = async (north) => {
    const at = person(Number(whose.value));
    done();
    await act(chat, "share", { content: { location: { latitude: at.latitude + north / DEGREE, longitude: at.longitude } } });
  };
  return [
    el("div", { class: "row" }, el("strong", {}, say("location")), whose),
    el("div", { class: "row" },
      el("button", { class: "plain", click: () => send(0), "data-place": "here" }, say("here")),
      el("button", { class: "plain", click: () => send(KM_AWAY), "data-place": "far" }, say("far")),
      el("button", { class: "plain", click: done, "data-place": "refuse" }, say("refuse"))),
  ];
}

function files(chat, done) {
  const choose = (kind) => {
    const input = el("input", { type: "file", accept: KINDS[kind], hidden: true, "data-kind": kind });
    input.addEventListener("change", async () => {
      done();
      if (input.files[0]) await sendFile(chat, kind, input.files[0]);
    });
    return el("label", { class: "plain", tabindex: "0", role: "button", keydown: (event) => press(event, input) }, say(kind), input);
  };
  return el("div", { class: "row" }, ...Object.keys(KINDS).map(choose),
    el("button", { class: "plain", click: () => contact(chat).then(done) }, say("contact")));
}

function press(event, input) {
  if (event.key === "Enter" || event.key === " ") input.click();
}

const contact = (chat) =>
  act(chat, "share", { content: { contact: { phone_number: `+44207946${chat}`, first_name: person(chat).name, user_id: chat } } });

async function sendFile(chat, kind, file) {
  if (file.size > MOST) {
    toast(say("too_big"));
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const about = { file_id: `sent-${chat}-${hash.slice(0, 12)}-${Date.now()}`, file_unique_id: hash.slice(0, 16), file_size: file.size };
  const shapes = {
    photo: [{ ...about, width: 1280, height: 960 }],
    voice: { ...about, duration: 3, mime_type: file.type },
    document: { ...about, file_name: file.name, mime_type: file.type },
  };
  await act(chat, "share", { content: { [kind]: shapes[kind] }, data: base64(bytes) });
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
