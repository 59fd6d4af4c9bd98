import type { SearchProgress, TrialProgress } from '../../shared/search.js';

const MARK = { running: '▶', waiting: '…', done: '✓', stopped: '–', failed: '✗' } as const;

/** The state of a search as a markdown table, for the details in Temporal's UI: the best 20 trials, under 20 KB. */
export function searchDetails({ model, strategy, metric, state, planned, counts, rungs, top, timeBudget }: SearchProgress): string {
  const budget = timeBudget === undefined ? '' : `, at most ${timeBudget}`;
  const ladder = rungs.length > 1 ? [`rungs: ${rungs.map(({ resource, fits }) => `${resource} (${fits} fits)`).join(', ')}`, ''] : [];
  return [
    `**${strategy} search of ${model}** by ${metric}: ${state}, ${counts.trials} of ${planned} trials begun${budget}`,
    '',
    `${counts.fits} fits ended (${counts.cached} from the store), ${counts.running} running, ${counts.failed} failed, ${counts.stopped} trials stopped early`,
    '',
    ...ladder,
    '| trial | state | resource | log-loss | accuracy | seconds | values |',
    '| ---: | --- | ---: | ---: | ---: | ---: | --- |',
    ...top.map(row),
  ].join('\n');
}

function row({ trial, state, resource, validationLogLoss, validationAccuracy, seconds, params, note }: TrialProgress): string {
  const values = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
  const accuracy = validationAccuracy === undefined ? '' : `${(100 * validationAccuracy).toFixed(2)} %`;
  const cells = [trial, `${MARK[state]} ${state}`, resource ?? '', validationLogLoss?.toFixed(4) ?? '', accuracy, seconds?.toFixed(1) ?? '', cell(note ? `${values} (${note})` : values)];
  return `| ${cells.join(' | ')} |`;
}

/** One cell: no line break, no bar that would end it, no longer than is read. */
function cell(text: string): string {
  return text.replace(/[\r\n|]+/g, ' ').slice(0, 160);
}
