import type { PipelineConfig } from '../../shared/config.js';
import { ALL_FAMILIES } from '../../shared/preset-models.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

/** Images per feature task: 20 tasks for the training rows. */
const SHARD = 1_000;

/**
 * Big enough to hit: 20,000 images, 21 feature tasks, a CNN of 8 segments; one model, so that the machine's two cores
 * leave room for the servers that are killed.
 */
export const FAULT_CONFIG: PipelineConfig = {
  ...PRESET_CONFIGS.smoke,
  ingest: { enabled: true, shardSize: SHARD, limit: { train: 20 * SHARD, test: SHARD } },
  features: { enabled: true, families: ALL_FAMILIES },
  analyse: { ...PRESET_CONFIGS.smoke.analyse, enabled: false },
  augment: { ...PRESET_CONFIGS.smoke.augment, enabled: false },
  train: {
    enabled: true,
    models: { cnn: { kind: 'cnn', input: 'pixels', device: 'cpu', rows: 'original', params: { epochs: 2, batchSize: 128, segmentEpochs: 0.25 } } },
  },
  ensemble: { ...PRESET_CONFIGS.smoke.ensemble, enabled: false },
  compress: { ...PRESET_CONFIGS.smoke.compress, enabled: false, models: [] },
  export: { enabled: false, models: 'all', formats: ['onnx'], calibrationImages: 1, licence: 'not stated' },
  report: { enabled: false },
};
