import type { Augmentation } from './augmentation.js';
import { brightness } from './brightness.js';
import { clahe } from './clahe.js';
import { contrast } from './contrast.js';
import { cutout } from './cutout.js';
import { elastic } from './elastic.js';
import { morphology } from './morphology.js';
import { noise } from './noise.js';
import { perspective } from './perspective.js';
import { rotation } from './rotation.js';
import { scale } from './scale.js';
import { shear } from './shear.js';
import { translation } from './translation.js';

const ALL: readonly Augmentation[] = [
  rotation, translation, scale, shear, perspective, elastic, clahe, brightness, contrast, morphology, noise, cutout,
];

/** Every augmentation, by its kind. */
export const AUGMENTATIONS: ReadonlyMap<string, Augmentation> = new Map(ALL.map((augmentation) => [augmentation.kind, augmentation]));
