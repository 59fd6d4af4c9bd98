import { fitStep } from '../../../activities/tasks/fit-model.js';
import { model } from '../../../ml/models/cnn.js';

/** The step that the build makes of the kind, not bundled. */
export default fitStep(model);
