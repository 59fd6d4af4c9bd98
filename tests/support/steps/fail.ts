import * as errors from '../../../shared/errors.js';
import type { StepFunction } from '../../../shared/step.js';

/** Throws the error whose class `params.name` names. */
const fail: StepFunction = ({ params }) => {
  const name = String(params['name']);
  const known = (errors as unknown as Record<string, new (message: string) => Error>)[name];
  if (known) throw new known('told to');
  throw new RangeError('told to');
};
export default fail;
