/** A value shorter than this would blank out ordinary words, so it is not searched for. */
export const SHORTEST_SECRET = 4;

/** A base64 fragment shorter than this is met by chance. */
const SHORTEST_FRAGMENT = 6;

/** A line of a secret of several lines (a PEM file) is a secret of its own from this length on. */
const SHORTEST_LINE = 16;

/** All the spellings in which a secret turns up in text: plain, JSON, URL-encoded, base64 at any offset. */
export function secretForms(secret: string): Set<string> {
  const forms = new Set<string>();
  const whole = secret.trim();
  if (whole.length < SHORTEST_SECRET) return forms;
  for (const plain of [secret, whole, ...longLines(whole)]) {
    for (const form of [plain, JSON.stringify(plain).slice(1, -1), ...urlForms(plain)]) forms.add(form);
  }
  for (const fragment of base64Fragments(whole)) {
    for (const form of [fragment, fragment.replaceAll('+', '-').replaceAll('/', '_'), ...urlForms(fragment)])
      forms.add(form);
  }
  return forms;
}

function longLines(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----'));
}

function urlForms(text: string): string[] {
  let encoded: string;
  try {
    encoded = encodeURIComponent(text);
  } catch {
    return []; // half a surrogate pair: no URL can hold it
  }
  // encodeURIComponent leaves !'()* alone; forms and stricter encoders do not.
  const strict = encoded.replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  // The URL class, like encodeURI, leaves what may stand in a path as it is.
  const upper = [encodeURI(text), encoded, strict, encoded.replaceAll('%20', '+'), strict.replaceAll('%20', '+')];
  return [...upper, ...upper.map((form) => form.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()))];
}

/**
 * Base64 works on groups of three bytes, so the spelling of a secret inside a longer text (`user:secret` of Basic
 * auth, RFC 7617) depends on where it starts. For each of the three offsets this gives the characters that the
 * neighbours cannot change.
 */
function base64Fragments(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const fragments: string[] = [];
  for (const offset of [0, 1, 2]) {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const encoded = btoa(Array.from(padded, (byte) => String.fromCharCode(byte)).join(''));
    const fragment = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6));
    if (fragment.length >= SHORTEST_FRAGMENT) fragments.push(fragment);
  }
  return fragments;
}
