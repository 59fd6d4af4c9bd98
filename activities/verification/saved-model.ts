import { join } from 'node:path';
import { savedModelAnswers } from '../../ml/export/saved-model/saved-model-answers.js';
import type { OfficialRuntime } from './official-runtime.js';
import { pythonRuntime } from './python-runtime.js';
import { RuntimeMissingError } from './runtime-missing-error.js';

const pythonTensorFlow = pythonRuntime('run_saved_model');

/** Python's TensorFlow where it is installed and loads; it is large, so without it TensorFlow's C library in this process, which reads SavedModels itself. */
export const savedModel: OfficialRuntime = async (call) => {
  try {
    return await pythonTensorFlow(call);
  } catch (error) {
    if (!(error instanceof RuntimeMissingError)) throw error;
    const [file = ''] = Object.keys(call.files); // where the attempt has put it
    return savedModelAnswers(join(call.folder, file, '..'), call.rows.values, call.rows.shape);
  }
};
