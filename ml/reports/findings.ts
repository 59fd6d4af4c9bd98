import { augmentationSection } from './augmentation-section.js';
import { clusterSection } from './cluster-section.js';
import { compressionSearchSection } from './compression-search-section.js';
import { dataSection } from './data-section.js';
import { diversitySection } from './diversity-section.js';
import { embeddingSection } from './embedding-section.js';
import { explanationsSection } from './explanations-section.js';
import { featureSelectionSection } from './feature-selection-section.js';
import type { Finding } from './finding.js';
import { html, type Html } from './html.js';
import { impactSection } from './impact-section.js';
import { labelAuditSection, labelErrorsSection } from './label-errors-section.js';
import { neighbourSection } from './neighbour-section.js';
import { reductionsSection } from './reductions-section.js';
import type { Section } from './section.js';

/** The sections of a report on the data, in order; what was not looked for is left out. */
export function findingSections(findings: readonly Finding[]): Section[] {
  const of = <K extends Finding['kind']>(kind: K): Extract<Finding, { readonly kind: K }>[] =>
    findings.filter((finding): finding is Extract<Finding, { readonly kind: K }> => finding.kind === kind);
  const one = <K extends Finding['kind']>(kind: K, section: (finding: Extract<Finding, { readonly kind: K }>) => Html): Html | undefined => {
    const [found] = of(kind);
    return found && section(found);
  };
  const [check] = of('data-check');
  const maps = of('embedding');
  const explained = of('explanations');
  return [
    { id: 'diversity', title: 'What the models have in common', body: one('diversity', diversitySection) },
    { id: 'compression-search', title: 'The search for smaller variants', body: one('compression-search', compressionSearchSection) },
    { id: 'explanations', title: 'What the networks look at', body: explained.length === 0 ? undefined : explanationsSection(explained) },
    { id: 'data', title: 'The data', body: one('data-description', (description) => dataSection(description, check)) },
    { id: 'neighbours', title: 'Duplicates and confusable digits', body: one('neighbour-analysis', neighbourSection) },
    { id: 'clusters', title: 'Clusters', body: one('cluster-analysis', clusterSection) },
    { id: 'maps', title: 'Maps', body: maps.length === 0 ? undefined : html`${maps.map(embeddingSection)}` },
    { id: 'reductions', title: 'Fewer dimensions', body: one('reductions', reductionsSection) },
    { id: 'selection', title: 'Which features tell digits apart', body: one('feature-selection', featureSelectionSection) },
    { id: 'augmentation', title: 'Augmentation', body: one('augmentation', augmentationSection) },
    { id: 'impact', title: 'Which augmentation pays?', body: one('augmentation-impact', impactSection) },
    { id: 'label-errors', title: 'Labels that look wrong: training images', body: one('label-errors', labelErrorsSection) },
    { id: 'label-audit', title: 'Labels that look wrong: test images', body: one('label-audit', labelAuditSection) },
  ];
}
