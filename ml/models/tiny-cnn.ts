import { tinyCnn } from '../networks/tiny-cnn.js';
import { networkKind } from './network-kind.js';

/** Networks of a few thousand or a few hundred parameters. */
export const model = networkKind(tinyCnn);
