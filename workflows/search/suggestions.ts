import { gridValues } from '../../shared/grid-values.js';
import type { Json, JsonObject } from '../../shared/json.js';
import type { ParamSpace, SearchSpace } from '../../shared/search.js';
import { tidyNumber } from '../../shared/tidy-number.js';
import { seededUniform } from './seeded-uniform.js';

/** Draws in a row that were known already, after which a space is taken to hold nothing new. */
const PATIENCE = 500;

/** The sets of values that a search tries, trial after trial: at most `trials`, each once, the same for the same space and seed. */
export function* suggestions(space: Pick<SearchSpace, 'params' | 'strategy' | 'trials' | 'seed'>): Generator<JsonObject, void> {
  const all = space.strategy === 'grid' ? grid(space.params) : drawn(space.params, space.seed);
  for (let trial = 0; trial < space.trials; trial++) {
    const { value, done } = all.next();
    if (done) return;
    yield value;
  }
}

/** Every combination; the values of the last hyper-parameter change fastest. */
function* grid(params: SearchSpace['params']): Generator<JsonObject, void> {
  const axes = Object.entries(params).map(([name, space]) => ({ name, values: gridValues(space) ?? [] }));
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  for (let number = 0; number < size; number++) {
    let rest = number;
    const chosen = axes.toReversed().map(({ name, values }): [string, Json] => {
      const value = values[rest % values.length] as Json;
      rest = Math.floor(rest / values.length);
      return [name, value];
    });
    yield Object.fromEntries(chosen.reverse());
  }
}

/** Values drawn independently; a set that was drawn before is drawn anew. */
function* drawn(params: SearchSpace['params'], seed: number): Generator<JsonObject, void> {
  const known = new Set<string>();
  for (let trial = 0; ; trial++) {
    const uniform = seededUniform(seed, trial);
    let values: JsonObject | undefined;
    for (let draw = 0; draw < PATIENCE && !values; draw++) {
      const candidate = Object.fromEntries(Object.entries(params).map(([name, space]) => [name, valueAt(space, uniform())]));
      const text = JSON.stringify(candidate);
      if (known.has(text)) continue;
      known.add(text);
      values = candidate;
    }
    if (!values) return;
    yield values;
  }
}

/** The value of a space at a quantile in [0, 1). */
function valueAt(space: ParamSpace, quantile: number): Json {
  if ('choice' in space) return space.choice[Math.floor(quantile * space.choice.length)] as Json;
  if ('uniform' in space) {
    const [low, high] = space.uniform;
    return tidyNumber(low + (high - low) * quantile, low, high);
  }
  if ('logUniform' in space) {
    const [low, high] = space.logUniform;
    return tidyNumber(low * (high / low) ** quantile, low, high);
  }
  const [low, high] = space.integer;
  const value = space.log === true ? low * ((high + 1) / low) ** quantile : low + (high + 1 - low) * quantile;
  return Math.min(high, Math.floor(value));
}
