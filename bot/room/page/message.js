// One message as a phone shows it: bubble, file, buttons.

import { act, fileAt, read } from "./api.js";
import { dialog, el } from "./dom.js";
import { calendarOf } from "./calendar.js";
import { formatted } from "./markup.js";
import { language, say } from "./texts.js";
import { written } from "./time.js";

/** Return the line of a message; the day stands above it when `before` was said on another. */
export function line(chat, message, before, zone) {
  const day = (one) => written("day", one.date, language(), zone);
  const node = el("div", { class: message.by_bot ? "line theirs" : "line mine", "data-message": message.message_id });
  if (!before || day(before) !== day(message)) node.append(el("span", { class: "day" }, day(message)));
  node.append(bubble(chat, message, zone));
  const rows = message.keyboard.inline_keyboard ?? [];
  if (rows.length) node.append(el("div", { class: "inline" }, ...rows.map((row) => buttons(chat, message, row))));
  return node;
}

function bubble(chat, message, zone) {
  const text = el("div", { class: "text" });
  if (message.by_bot && message.html) text.append(formatted(message.html));
  else text.append(message.text);
  const at = written("clock", message.date, language(), zone);
  const meta = message.history.length ? `${say("edited")} ${at}` : at;
  const parts = [...content(chat, message), text.textContent ? text : null, el("span", { class: "meta" }, meta)];
  return el("div", { class: "bubble" }, ...parts);
}

const CONTENT = {
  photo: (chat, sizes) => [picture(chat, sizes.at(-1))],
  document: (chat, file) => [document_(chat, file)],
  voice: (chat, file) => [el("audio", { controls: true, src: fileAt(chat, file), "aria-label": say("voice_sent") })],
  location: (_, place) => [`${say("location_sent")}: ${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`],
  contact: (_, one) => [`${one.first_name} ${one.phone_number}`],
};

function content(chat, message) {
  const kinds = Object.keys(CONTENT).filter((kind) => kind in message.content);
  return kinds.flatMap((kind) => CONTENT[kind](chat, message.content[kind]));
}

function picture(chat, file) {
  const image = () => el("img", { src: fileAt(chat, file), class: "photo", alt: say("photo_sent"), loading: "lazy" });
  const large = () => dialog(say("photo_sent"), say("close"), image());
  return el("button", { class: "photo-button", click: large, "aria-label": say("photo_sent") }, image());
}

function document_(chat, file) {
  const name = file.file_name ?? "file";
  const kind = name.split(".").pop().toUpperCase().slice(0, 4);
  const size = `${Math.max(1, Math.round(file.file_size / 1024))} kB`;
  const label = el("span", {}, name, el("small", {}, size));
  const open = () => preview(chat, file, name);
  const button = el("button", { class: "file", click: open, "aria-label": say("open_file", { name }) },
    el("span", { class: "kind", "aria-hidden": "true" }, kind), label);
  if (kind !== "ICS") return button;
  const card = el("div", {}, button);
  calendarOf(fileAt(chat, file), language()).then((event) => event && card.prepend(event));
  return card;
}

async function preview(chat, file, name) {
  const address = fileAt(chat, file);
  const save = el("a", { href: address, download: name, class: "plain" }, say("download"));
  const shows = name.endsWith(".pdf")
    ? el("iframe", { src: address, title: name })
    : el("pre", {}, /\.(ics|csv|txt)$/.test(name) ? await read(address, "text") : "");
  dialog(name, say("close"), shows, el("div", { class: "row" }, save));
}

function buttons(chat, message, row) {
  return el("div", {}, ...row.map((one) => button(chat, message, one)));
}

function button(chat, message, one) {
  if (one.url) return el("a", { href: one.url, target: "_blank", rel: "noopener" }, one.text);
  if (one.copy_text) return el("button", { click: () => navigator.clipboard.writeText(one.copy_text.text) }, one.text);
  const tap = (event) => {
    event.currentTarget.setAttribute("aria-busy", "true");
    const node = event.currentTarget;
    setTimeout(() => node.removeAttribute("aria-busy"), 1500);
    act(chat, "tap", { message_id: message.message_id, data: one.callback_data });
  };
  return el("button", { click: tap, "data-option": one.callback_data.split(":").pop() }, one.text);
}
