import type { ExportedFiles } from '../../ml/export/export-model.js';
import { webModelAnswers } from '../../ml/export/web/web-model-answers.js';
import { asFloats } from '../../ml/models/as-floats.js';
import { CLASSES } from '../../ml/models/model.js';
import type { StepFunction } from '../../shared/step.js';
import type { Runner } from './check-network-export.js';
import { exportNetwork } from './export-network.js';
import type { ExportNetworkParams } from './export-network.js';

/** A network as a web model. A step of its own: TensorFlow.js, which checks it, is in no key of the other formats. */
const exportWeb: StepFunction<ExportNetworkParams> = (input, hooks) => exportNetwork(input, hooks, (_, files) => webRunner(files));

export default exportWeb;

function webRunner(files: ExportedFiles): Runner {
  let runtime = '';
  return {
    runtime: () => runtime,
    async answer(x, { signal, progress }) {
      const side = Math.sqrt(x.columns); // networks take square images
      const answers = await webModelAnswers(files, asFloats(x).data, [x.rows, side, side, 1], (done) => {
        signal.throwIfAborted();
        progress({ fraction: done / x.rows });
      });
      ({ runtime } = answers);
      return { rows: x.rows, columns: CLASSES, data: answers.probabilities };
    },
  };
}
