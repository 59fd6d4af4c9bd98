const FOLDERS = ['steps/', 'runs/', 'searches/', 'checkpoints/', 'staging/'];

/**
 * Checks the name of a document and returns it.
 * @throws TypeError when it lies outside the documents' folders or could leave them.
 */
export function documentName(name: string): string {
  const segments = name.split('/');
  const safe = segments.length > 1 && segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (!safe || !FOLDERS.some((folder) => name.startsWith(folder))) {
    throw new TypeError(`A document's name is a path below ${FOLDERS.join(', ')}; got "${name}".`);
  }
  return name;
}
