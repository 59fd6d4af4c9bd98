import type { StepFunction } from '../../shared/step.js';
import { exportNetwork } from './export-network.js';
import type { ExportNetworkParams } from './export-network.js';
import { fileRunners } from './file-runner.js';

/** A network in any format but the web model. */
const exportNetworkStep: StepFunction<ExportNetworkParams> = (input, hooks) => exportNetwork(input, hooks, fileRunners(input.native));

export default exportNetworkStep;
