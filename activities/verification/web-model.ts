import { webModelAnswers } from '../../ml/export/web/web-model-answers.js';
import type { OfficialRuntime } from './official-runtime.js';

/** TensorFlow.js in this process, on libtensorflow. */
export const webModel: OfficialRuntime = ({ files, rows: { values, shape } }) =>
  webModelAnswers(files, values, shape);
