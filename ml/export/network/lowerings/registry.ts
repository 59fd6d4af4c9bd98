import type { Lowering } from '../lowering-scope.js';
import { activationLowerings } from './activation.js';
import { attentionLowerings } from './attention.js';
import { convolutionLowerings } from './convolution.js';
import { denseLowerings } from './dense.js';
import { normalisationLowerings } from './normalisation.js';
import { poolingLowerings } from './pooling.js';
import { shapeLowerings } from './shape.js';

/** Every layer that can be exported, by its class name, but for the input. */
export const LOWERINGS: ReadonlyMap<string, Lowering> = new Map(Object.entries({
  ...activationLowerings, ...attentionLowerings, ...convolutionLowerings, ...denseLowerings, ...normalisationLowerings, ...poolingLowerings, ...shapeLowerings,
}));
