/** The inputs whose role begins with a prefix (`augmented:`, `test:`), by the rest of the role; undefined where there is none. */
export function inputsBehind(prefix: string, inputs: Readonly<Record<string, readonly Uint8Array[]>>): Record<string, readonly Uint8Array[]> | undefined {
  const found = Object.entries(inputs).filter(([role]) => role.startsWith(prefix)).map(([role, bytes]) => [role.slice(prefix.length), bytes] as const);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
