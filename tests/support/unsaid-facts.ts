/** Of facts that a file should hold those that it does not, as they are or with the quotes escaped as JSON has them. */
export function unsaidFacts(file: Uint8Array, facts: Readonly<Record<string, string>>): string[] {
  const bytes = Buffer.from(file);
  return Object.entries(facts).filter(([name, value]) => !bytes.includes(name) || ![value, JSON.stringify(value).slice(1, -1)].some((text) => bytes.includes(text))).map(([name, value]) => `${name}: ${value}`);
}
