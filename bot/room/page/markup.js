// What the bot wrote, in the few tags that Telegram reads; anything else stays text.

const TAGS = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "STRIKE", "DEL", "CODE", "PRE", "BLOCKQUOTE"]);

/** Return a fragment of `source` in which only those tags are alive; links only to the web. */
export function formatted(source) {
  const parsed = new DOMParser().parseFromString(source, "text/html");
  const fragment = document.createDocumentFragment();
  copy(parsed.body, fragment);
  return fragment;
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) copy(node, grown(node, to));
  }
}

function grown(node, to) {
  const link = node.tagName === "A" && /^https?:/.test(node.getAttribute("href") ?? "");
  if (!TAGS.has(node.tagName) && !link) return to;
  const kept = document.createElement(node.tagName);
  if (link) Object.assign(kept, { href: node.getAttribute("href"), target: "_blank", rel: "noopener" });
  to.append(kept);
  return kept;
}
