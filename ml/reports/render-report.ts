import { accuracyChart } from './accuracy-chart.js';
import { calibrationSection } from './calibration-section.js';
import { compressionTable } from './compression-table.js';
import { conformalSection } from './conformal-section.js';
import { costCharts } from './cost-charts.js';
import { ensembleTable } from './ensemble-table.js';
import { exportsSection } from './exports-section.js';
import { featureImportance } from './feature-importance.js';
import { findingSections } from './findings.js';
import { glossary } from './glossary.js';
import { headline } from './headline.js';
import { html } from './html.js';
import { modelSections } from './model-sections.js';
import { formatCount } from './number-format.js';
import { pairedTests } from './paired-tests.js';
import { rejectionSection } from './rejection-section.js';
import type { ReportContent } from './report-content.js';
import { reportedModels } from './reported-model.js';
import { seedSection } from './seed-section.js';
import { resultTable } from './result-table.js';
import { stageTable } from './stage-table.js';
import type { Section } from './section.js';
import { STYLE } from './style.js';
import { trainingCurves } from './training-curves.js';

/**
 * The report of a run as one HTML file that needs nothing from outside: no script, no font, no network. It holds no
 * clock and no run id, so the same content gives the same text. A section with nothing to show is left out.
 */
export function renderReport(content: ReportContent): string {
  const models = reportedModels(content);
  const any = models.length > 0;
  const all: readonly Section[] = [
    { id: 'results', title: 'Results', body: any ? resultTable(content) : undefined },
    { id: 'accuracy', title: 'Accuracy', body: any ? accuracyChart(content) : undefined },
    { id: 'cost', title: 'What accuracy costs', body: costCharts(content) },
    { id: 'seeds', title: 'How much is luck?', body: seedSection(content) },
    { id: 'paired', title: 'Is the difference real?', body: pairedTests(content) },
    { id: 'calibration', title: 'Can probabilities be believed?', body: calibrationSection(content) },
    { id: 'rejection', title: 'Answering only when sure', body: rejectionSection(content) },
    { id: 'conformal', title: 'Sets that hold the true digit', body: conformalSection(content) },
    { id: 'ensembles', title: 'Ensembles', body: ensembleTable(content) },
    { id: 'compression', title: 'Compressed against original', body: compressionTable(content) },
    { id: 'exports', title: 'Exports', body: exportsSection(content.findings.filter((finding) => finding.kind === 'export')) },
    { id: 'training', title: 'Training', body: trainingCurves(content) },
    { id: 'importance', title: 'Feature importance', body: featureImportance(content) },
    { id: 'models', title: 'Model by model', body: any ? modelSections(models, content.imageAt) : undefined },
    ...findingSections(content.findings),
    { id: 'stages', title: 'Where the time went', body: stageTable(content) },
    { id: 'definitions', title: 'Definitions', body: glossary() },
  ];
  const sections = all.filter(({ body }) => body !== undefined);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Digitloom report: handwritten digits</title>
<style>${{ markup: STYLE }}</style></head><body>
<header><h1>Handwritten digits: the models measured</h1><p class="facts">${factsOf(content)}</p>
<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav></header>
<main>${headline(content)}
${sections.map(({ id, title, body }) => html`<section id="${id}"><h2>${title}</h2>${body}</section>
`)}</main>
<footer>Made by Digitloom. Labels of the test images were read once, to make these figures, and by the audit of the labels and the explanations after it; all choices were made on training data alone.</footer>
</body></html>
`;
  return page.markup;
}

function factsOf({ result, evaluation, dataset }: ReportContent): string {
  const { trainRows, validationRows } = dataset;
  const held = validationRows === undefined ? '' : ` (${formatCount(validationRows)} of them for validation)`;
  const parts = [
    trainRows === undefined ? undefined : `${formatCount(trainRows)} training images${held}`,
    `${formatCount(evaluation.rows)} test images`,
    `preset ${result.preset}`,
    `data set ${result.datasetDigest.slice(0, 12)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
