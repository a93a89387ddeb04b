// Instants as people write them, in a zone and a language.

const shapes = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { weekday: "short", day: "numeric", month: "long" },
  date: { weekday: "short", day: "numeric", month: "short" },
  moment: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};
const made = new Map();

/** Return an instant in the shape of a name above. */
export function written(shape, instant, language, zone) {
  const key = `${shape} ${language} ${zone}`;
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale(language), { ...shapes[shape], timeZone: zone }));
  return made.get(key).format(new Date(instant));
}

/** Return a language as browsers write it. */
export const locale = (language) => ({ en: "en-GB", zh_Hans: "zh-Hans", zh_Hant: "zh-Hant" })[language] ?? "en-GB";
