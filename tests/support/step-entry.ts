/** URL of a step of tests/support/steps. */
export function stepEntry(name: string): string {
  return new URL(`./steps/${name}.js`, import.meta.url).href;
}
