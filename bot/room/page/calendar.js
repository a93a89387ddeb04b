// The one event of a calendar file, as a card.

import { read } from "./api.js";
import { el } from "./dom.js";
import { locale } from "./time.js";

/** Return the card of the file at an address; null when it holds no event. */
export async function calendarOf(address, language) {
  const text = ((await read(address, "text")) ?? "").replace(/\r?\n[ \t]/g, "");
  const event = /BEGIN:VEVENT([\s\S]*?)END:VEVENT/.exec(text)?.[1];
  if (!event) return null;
  const field = (name) => new RegExp(`^${name}[^:\\r\\n]*:(.*)$`, "m").exec(event)?.[1].trim().replace(/\\([,;])/g, "$1") ?? "";
  const starts = day(field("DTSTART"));
  const shown = starts && new Intl.DateTimeFormat(locale(language), { dateStyle: "full", timeStyle: "short", timeZone: "UTC" }).format(starts);
  return el("div", { class: "event" }, field("SUMMARY"), el("br"), el("small", {}, [shown, field("LOCATION")].filter(Boolean).join(" · ")));
}

/** Return local digits as if they were UTC: they are shown as they stand. */
function day(digits) {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(digits);
  return found && new Date(Date.UTC(found[1], found[2] - 1, found[3], found[4], found[5]));
}
