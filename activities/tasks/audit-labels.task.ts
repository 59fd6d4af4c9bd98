import { confidentLearning } from '../../ml/analysis/labels/confident-learning.js';
import { checkLabelledProbabilities } from '../../ml/analysis/labels/check-labelled-probabilities.js';
import { countVotes } from '../../ml/analysis/labels/count-votes.js';
import { showCandidates } from '../../ml/analysis/labels/show-candidates.js';
import { weighBySkill } from '../../ml/analysis/labels/weigh-by-skill.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import type { LabelAudit } from '../../shared/analysis/label-audit.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

interface AuditLabelsParams {
  /** Models trained apart from each other, in the order of their probabilities. */
  readonly names: readonly string[];
  /** Candidates in the list, with their pictures. */
  readonly shown: number;
}

/**
 * Ranks the test labels that look wrong, after the evaluation; nothing may be chosen from it. The models' probabilities are out of sample
 * as they are. Inputs: `testImages`, `testLabels`, `testProba` (one a name). Outputs: `labelAudit` (JSON, {@link LabelAudit}).
 */
const auditLabels: StepFunction<AuditLabelsParams> = ({ params: { names, shown }, inputs }, hooks) => {
  const labels = decodeLabels(inputs['testLabels']?.[0]);
  const models = names.map((name, i) => decodeProbabilities(name, inputs['testProba']?.[i]));
  models.forEach((proba, i) => checkLabelledProbabilities(names[i] ?? '', proba, labels));
  const { weights, proba } = weighBySkill(models, labels);
  hooks.progress({ fraction: 0.3, note: `${names.length} models averaged` });
  const findings = confidentLearning('averaged probabilities', proba, labels);
  const result: LabelAudit = {
    kind: 'label-audit', rows: labels.length,
    models: names.map((name, i) => ({ name, weight: weights[i] ?? 0 })),
    confident: findings.figures, found: findings.confident.size, ranked: findings.candidates.length,
    candidates: showCandidates(findings, labels, inputs['testImages'] ?? [], shown)
      .map((candidate) => ({ ...candidate, votes: countVotes(models, candidate) })),
  };
  hooks.progress({ fraction: 1 });
  return {
    outputs: { labelAudit: jsonArtifact(result) },
    summary: { found: result.found, noise: result.confident.noise },
  };
};

export default auditLabels;
