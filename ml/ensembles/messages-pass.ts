import type { StepProgress } from '../../shared/step.js';
import type { EnsembleContext } from './ensemble.js';

/** Says how far a fit is, lets messages out and an abort in. @throws the abort's reason. */
export async function messagesPass({ progress, signal }: Pick<EnsembleContext, 'progress' | 'signal'>, update: StepProgress): Promise<void> {
  progress(update);
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}
