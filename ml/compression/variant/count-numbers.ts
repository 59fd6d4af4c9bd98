import type { SavedNetwork } from '../../models/read-layers-model.js';

/** Learnt numbers of a network, and those of them that are not 0. Moving averages are no parameters. */
export function countNumbers({ weights }: Pick<SavedNetwork, 'weights'>): { readonly parameters: number; readonly nonZero: number } {
  const learnt = weights.filter(({ name }) => !/\/moving_(mean|variance)$/.test(name));
  return {
    parameters: learnt.reduce((sum, { data }) => sum + data.length, 0),
    nonZero: learnt.reduce((sum, { data }) => sum + data.reduce((count, value) => count + (value === 0 ? 0 : 1), 0), 0),
  };
}
