import type { ExportedFiles } from '../../ml/export/export-model.js';
import { webModelAnswers } from '../../ml/export/web/web-model-answers.js';
import { rowsBetween } from '../../ml/matrix.js';
import { asFloats } from '../../ml/models/as-floats.js';
import { CLASSES } from '../../ml/models/model.js';
import type { StepFunction } from '../../shared/step.js';
import type { Runner } from './check-network-export.js';
import { exportNetwork } from './export-network.js';
import type { ExportNetworkParams } from './export-network.js';

/** Rows at once: a second or two on a busy machine. */
const ROWS = 500;

/** A network as a web model. A step of its own: TensorFlow.js, which checks it, is in no key of the other formats. */
const exportWeb: StepFunction<ExportNetworkParams> = (input, hooks) => exportNetwork(input, hooks, (_, files) => webRunner(files));

export default exportWeb;

function webRunner(files: ExportedFiles): Runner {
  const inFolder = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes]));
  let runtime = '';
  return {
    runtime: () => runtime,
    async answer(x, { signal, progress }) {
      const side = Math.sqrt(x.columns); // networks take square images
      const data = new Float32Array(x.rows * CLASSES);
      for (let from = 0; from < x.rows; from += ROWS) {
        signal.throwIfAborted();
        const part = asFloats(rowsBetween(x, from, Math.min(from + ROWS, x.rows)));
        const answers = await webModelAnswers(inFolder, part.data, [part.rows, side, side, 1]);
        ({ runtime } = answers);
        data.set(answers.probabilities, from * CLASSES);
        progress({ fraction: (from + part.rows) / x.rows });
      }
      return { rows: x.rows, columns: CLASSES, data };
    },
  };
}
