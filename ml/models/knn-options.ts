import { InvalidConfigError } from '../../shared/errors.js';
import type { ProjectionOptions } from './projection.js';

/** The options of k-nearest neighbours, near scikit-learn's KNeighborsClassifier. */
export interface KnnOptions extends ProjectionOptions {
  /** How many neighbours answer. @default 5 */
  readonly neighbours: number;
  /**
   * How they are weighted: alike, by the inverse of their distance, or by a bell-shaped kernel whose width, and how much is left to the other
   * classes, fit the validation rows best. @default 'fitted'
   */
  readonly weights: 'uniform' | 'distance' | 'fitted';
  /** `cosine` brings rows to length 1 first. @default 'euclidean' */
  readonly metric: 'euclidean' | 'cosine';
  /** Look at all rows, or at those of the nearest lists. @default 'exact' */
  readonly index: 'exact' | 'approximate';
  /** Lists of the approximate index; 0 makes about the square root of the rows. @default 0 */
  readonly lists: number;
  /** Lists that it looks at. @default 16 */
  readonly probes: number;
}

const CHOICES = { weights: ['uniform', 'distance', 'fitted'], metric: ['euclidean', 'cosine'], index: ['exact', 'approximate'] } as const;

/** @throws InvalidConfigError, naming all options that do not do. @param rows of training */
export function checkKnnOptions(options: KnnOptions, rows: number): void {
  const problems: string[] = [];
  const whole = (name: 'neighbours' | 'lists' | 'probes', least: number, most: number): void => {
    const value = options[name];
    if (!Number.isInteger(value) || value < least || value > most) problems.push(`${name} is ${value}, expected a whole number from ${least} to ${most}`);
  };
  whole('neighbours', 1, rows);
  whole('lists', 0, Math.min(rows, 65_536));
  whole('probes', 1, 65_536);
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = options[name as keyof typeof CHOICES];
    if (!allowed.some((one) => one === value)) problems.push(`${name} is ${JSON.stringify(value)}, expected ${allowed.join(' or ')}`);
  }
  if (problems.length > 0) throw new InvalidConfigError(`k-nearest neighbours on ${rows} rows: ${problems.join('; ')}.`);
}
