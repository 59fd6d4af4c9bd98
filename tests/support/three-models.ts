import type { PipelineConfig } from '../../shared/config.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';

const KEPT = ['logistic-regression', 'xgboost', 'cnn'];
const { train, ...config } = PRESET_CONFIGS.default;

/** The preset `default` with three of its models and without explanations and exports: workflow tests count steps, which must not change with the preset's list. */
export const THREE_MODELS: PipelineConfig = {
  ...config,
  export: { enabled: false, models: 'all', formats: ['onnx'], calibrationImages: 1, licence: '' },
  evaluate: { ...config.evaluate, explain: { enabled: false, models: 'all', images: 1 } },
  train: { ...train, models: Object.fromEntries(KEPT.flatMap((name) => (train.models[name] ? [[name, train.models[name]]] : []))) },
};
