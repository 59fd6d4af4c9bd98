import type { PipelineConfig, SectionName } from '../../shared/config.js';

const FIND_ALWAYS = ['analyse', 'augment', 'ensemble'] as const;

/** The section that counts the index of what a run found: the first that finds something. */
export function indexSection({ compress, evaluate, ...config }: PipelineConfig): SectionName {
  const found = FIND_ALWAYS.find((name) => config[name].enabled);
  if (found) return found;
  if (compress.enabled && compress.search) return 'compress';
  return evaluate.enabled ? 'evaluate' : 'analyse';
}
