import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import { trainCpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { indexSection } from './index-section.js';

/** The steps of it that the evaluation counts: its networks, and where nothing else is found in the run, the index of what was found. */
export function explainSteps(run: RunScope, candidates: readonly Candidate[]): number {
  const networks = explainedNetworks(run, candidates).length;
  return networks > 0 && indexSection(run.config) === 'evaluate' ? networks + 1 : networks;
}

/** The networks that the settings have explained; none in runs that began before there were explanations. */
function explainedNetworks({ config: { evaluate: { explain }, train } }: RunScope, candidates: readonly Candidate[]): Candidate[] {
  if (!explain?.enabled) return [];
  const { models } = explain;
  return candidates.filter(({ role, handle: { name } }) => {
    const kind = train.models[name]?.kind;
    return role === 'model' && kind !== undefined && NETWORK_NAMES.includes(kind) && (models === 'all' || models.includes(name));
  });
}

/** Draws what each network's answers rest on, for images that it reads rightly and for its surest mistakes. It feeds nothing back. */
export async function explainNetworks(run: RunScope, { dataset }: RunData, candidates: readonly Candidate[]): Promise<void> {
  const { config, status } = run;
  const networks = explainedNetworks(run, candidates);
  await fanOut(networks, networks.length, async ({ handle }) => {
    const label = `explain-${handle.name}`;
    const params = { network: handle.name, images: config.evaluate.explain?.images ?? 0 };
    const input = { step: 'explain-network', label, params, dataset, candidates: { model: [handle], testProba: [handle] } } as const;
    const result = await trainCpu.analyse.executeWithOptions({ summary: label }, [input]);
    status.found(label, result.key);
    status.count('evaluate', result);
  });
}
