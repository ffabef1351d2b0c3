/** The page's own words come with it, from the same catalogue as all others. */

let words: Record<string, string> | null = null;

function read(): Record<string, string> {
  const held = document.getElementById("words");
  return JSON.parse(held?.textContent ?? "{}") as Record<string, string>;
}

/** Say something; `{name}` in it is filled in. */
export function say(name: string, filled: Record<string, string | number> = {}): string {
  words ??= read();
  const said = words[name] ?? name;
  return said.replace(/\{(\w+)\}/g, (gap, key: string) => String(filled[key] ?? gap));
}
