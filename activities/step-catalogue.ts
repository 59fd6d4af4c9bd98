import { readFile } from 'node:fs/promises';
import { InternalError } from '../shared/errors.js';

/** A step as the build made it. */
export interface BuiltStep {
  readonly name: string;
  readonly kind: 'thread' | 'process' | 'inline';
  /** URL of its bundle. */
  readonly entry: string;
  /** SHA-256 of the bundle: the code version. */
  readonly version: string;
  /** Versions of the packages that the bundle imports. */
  readonly libraries: Readonly<Record<string, string>>;
  /** Foreign libraries, by their names in native.json, whose bindings are in the bundle. */
  readonly foreign?: readonly string[];
}

/** The built steps, by name. */
export interface StepCatalogue {
  /** @throws InternalError when the build made no such step. */
  named(name: string): BuiltStep;
}

/** `dist/steps.json`, as the build places it beside the built layers. */
export const STEPS_FILE = new URL('../steps.json', import.meta.url);

/**
 * Reads what the build emitted.
 * @throws InternalError when there is no such file: the project is not built.
 */
export async function loadSteps(file: URL = STEPS_FILE): Promise<StepCatalogue> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new InternalError(`${file.pathname} is missing: build the project (npm run build).`, { cause: error });
  }
  const steps = JSON.parse(text) as Record<string, Omit<BuiltStep, 'name'>>;
  return {
    named(name) {
      const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
      if (!step) throw new InternalError(`The build made no step "${name}". It made ${Object.keys(steps).sort().join(', ')}.`);
      return { ...step, name, entry: new URL(step.entry, file).href };
    },
  };
}
