import canonicalize from 'canonicalize';

// The package is CommonJS whose exports are the function itself; its types describe a default export inside them.
const serialize = canonicalize as unknown as (value: unknown) => string | undefined;

/**
 * Canonical JSON (RFC 8785): equal values give equal text, whatever the order of their keys.
 * @throws TypeError for what JSON cannot hold (NaN, infinities, functions, undefined).
 */
export function canonical(value: unknown): string {
  let text: string | undefined;
  try {
    text = serialize(value);
  } catch (error) {
    throw new TypeError(`Only finite JSON values can be part of a key: ${(error as Error).message}`, { cause: error });
  }
  if (text === undefined) throw new TypeError('Only JSON values can be part of a key; got undefined.');
  return text;
}
