import { InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { ModelKind } from './model.js';

/**
 * A kind's options: its defaults, and over them what was set.
 * @throws InvalidConfigError for an unknown option, or a value of another type than the default's.
 */
export function mergeOptions<O extends object>(kind: Pick<ModelKind<O>, 'name' | 'defaults' | 'checksItself'>, set: JsonObject): O {
  const defaults = kind.defaults as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(set)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new InvalidConfigError(`${kind.name} has no option ${name}; its options are ${Object.keys(defaults).join(', ')}.`);
    }
    const [expected, got] = [typeOf(defaults[name]), typeOf(value)];
    if (expected !== got && !kind.checksItself?.includes(name)) throw new InvalidConfigError(`Option ${name} of ${kind.name} must be ${expected}, got ${got}: ${JSON.stringify(value)}.`);
  }
  return { ...kind.defaults, ...set };
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `a ${typeof value}`;
}
