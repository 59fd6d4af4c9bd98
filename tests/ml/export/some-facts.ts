import { PIXELS_TO_UNIT } from '../../../ml/export/export-metadata.js';
import type { ExportFacts } from '../../../ml/export/export-metadata.js';

/** Facts of a made-up model. */
export const someFacts: ExportFacts = {
  name: 'cnn', labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], input: '[n, 28, 28, 1]: images, rows, columns, grey',
  normalisation: PIXELS_TO_UNIT, trainingDigest: 'sha256:0123', licence: 'MIT', version: '1.2.3',
};
