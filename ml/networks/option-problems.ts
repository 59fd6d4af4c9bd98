/** Checks of architecture options; each gives what is wrong, in words, or nothing. */
export const optionProblems = {
  /** A whole number of at least `least`. */
  count(name: string, value: number, least = 1): string[] {
    return Number.isInteger(value) && value >= least ? [] : [`${name} is ${JSON.stringify(value)}: expected a whole number of at least ${least}`];
  },
  /** A list of whole numbers of at least 1. */
  counts(name: string, values: readonly number[], least = 1): string[] {
    return Array.isArray(values) && values.length >= least && values.every((value) => Number.isInteger(value) && value >= 1)
      ? []
      : [`${name} is ${JSON.stringify(values)}: expected a list of at least ${least} whole numbers of at least 1`];
  },
  /** A number in [0, 1). */
  fraction(name: string, value: number): string[] {
    return value >= 0 && value < 1 ? [] : [`${name} is ${JSON.stringify(value)}: expected a number in [0, 1)`];
  },
  /** A number above 0. */
  positive(name: string, value: number): string[] {
    return value > 0 && Number.isFinite(value) ? [] : [`${name} is ${JSON.stringify(value)}: expected a number above 0`];
  },
  /** true or false. */
  flag(name: string, value: boolean): string[] {
    return typeof value === 'boolean' ? [] : [`${name} is ${JSON.stringify(value)}: expected true or false`];
  },
  /** One of some words. */
  oneOf(name: string, value: string, words: readonly string[]): string[] {
    return words.includes(value) ? [] : [`${name} is ${JSON.stringify(value)}: expected ${words.join(' or ')}`];
  },
  /** At least one place must be left of a map. */
  sideLeft(what: string, side: number, left: number): string[] {
    return left >= 1 ? [] : [`images of ${side} x ${side} pixels are too small for ${what}: name fewer`];
  },
};
