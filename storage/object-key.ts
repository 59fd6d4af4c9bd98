const SHA256 = /^[0-9a-f]{64}$/;

/**
 * The key of an object in a bucket or folder: `objects/sha256/aa/<digest>`.
 * @throws TypeError when the digest is not 64 lower-case hexadecimal digits (it becomes part of a path).
 */
export function objectKey(digest: string): string {
  if (!SHA256.test(digest)) throw new TypeError(`A digest is 64 lower-case hexadecimal digits; got "${digest}".`);
  return `objects/sha256/${digest.slice(0, 2)}/${digest}`;
}
