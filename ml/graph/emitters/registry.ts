import type { Emitter } from '../layer-scope.js';
import { activationEmitters } from './activation.js';
import { attentionEmitters } from './attention.js';
import { convolutionEmitters } from './convolution.js';
import { denseEmitters } from './dense.js';
import { dropoutEmitters } from './dropout.js';
import { normalisationEmitters } from './normalisation.js';
import { poolingEmitters } from './pooling.js';
import { shapeEmitters } from './shape.js';

/** Every layer that is compiled, by its class name. */
export const EMITTERS: ReadonlyMap<string, Emitter> = new Map(Object.entries({
  ...activationEmitters, ...attentionEmitters, ...convolutionEmitters, ...denseEmitters, ...dropoutEmitters, ...normalisationEmitters, ...poolingEmitters, ...shapeEmitters,
}));
