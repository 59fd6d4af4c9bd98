import type { Lowering } from '../lowering-scope.js';
import { addActivated, biasOf } from './convolution.js';

/** Dense layers, along the last axis. */
export const denseLowerings: Readonly<Record<string, Lowering>> = {
  Dense: (scope, [input]) => addActivated(scope, { type: 'dense', input, kernel: scope.weightValue('kernel'), ...biasOf(scope), activation: 'linear' }),
};
