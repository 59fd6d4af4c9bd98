import { mobileNetV2 } from '../networks/mobilenet-v2.js';
import { networkKind } from './network-kind.js';

/** MobileNetV2. */
export const model = networkKind(mobileNetV2);
