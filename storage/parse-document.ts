const text = new TextDecoder();

/** A JSON document's value. One that was torn or overwritten by strangers counts as absent: what it stood for is computed again. */
export function parseDocument<T>(bytes: Uint8Array | undefined): T | undefined {
  if (!bytes) return undefined;
  try {
    return JSON.parse(text.decode(bytes)) as T;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
