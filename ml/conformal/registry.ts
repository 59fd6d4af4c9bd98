import type { ConformalScoreName } from '../../shared/calibration.js';
import { aps, raps } from './aps.js';
import type { ConformalScore } from './conformal-score.js';
import { lac, lacByClass } from './lac.js';

/** Every conformal score, by its name. */
export const SCORES: Readonly<Record<ConformalScoreName, ConformalScore>> = { lac, 'lac-by-class': lacByClass, aps, raps };
