import { join } from 'node:path';
import { PINS, type WheelPin } from './pins.js';

/** Folder of a program in the cache. */
export const programFolder = (cache: string, name: 'temporal' | 'versitygw'): string => join(cache, `${name}-${PINS[name].version}`);

/** Folder of a wheel's files in the cache. */
export const wheelFolder = (cache: string, pin: WheelPin): string => join(cache, `${pin.requirement}-${pin.version}`);
