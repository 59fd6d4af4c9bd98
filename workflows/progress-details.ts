import { metricWords } from '../shared/metric-words.js';
import type { ModelProgress, RunProgress, StageProgress } from '../shared/run.js';

/** Bytes; Temporal cuts details at 20 KB. */
const ROOM = 18_000;
const MARK = { waiting: '…', running: '▶', done: '✓', skipped: '–', failed: '✗', cancelled: '✗' } as const;

/** The state of a run as two markdown tables, for the details in Temporal's UI: under 20 KB whatever the number of models. */
export function progressDetails({ stages, models }: RunProgress): string {
  const lines = ['| stage | state | steps | cached | seconds |', '| --- | --- | ---: | ---: | ---: |', ...stages.map(stageRow)];
  if (models.length > 0) lines.push('', '| model | state | done | note | metrics |', '| --- | --- | ---: | --- | --- |');
  const rows = models.map(modelRow);
  let room = ROOM - bytesOf(lines.join('\n'));
  const shown = rows.filter((row) => (room -= bytesOf(row) + 1) > 0);
  lines.push(...shown);
  if (shown.length < rows.length) lines.push('', `and ${rows.length - shown.length} more models`);
  return lines.join('\n');
}

function stageRow({ name, state, done, total, cached, seconds }: StageProgress): string {
  return `| ${name} | ${MARK[state]} ${state} | ${done}/${total} | ${cached} | ${seconds.toFixed(1)} |`;
}

function modelRow({ name, state, fraction, note, metrics }: ModelProgress): string {
  const figures = metricWords(metrics).slice(0, 6).join(', ');
  return `| ${cell(name)} | ${MARK[state]} ${state} | ${Math.round(fraction * 100)} % | ${cell(note)} | ${cell(figures)} |`;
}

/** In UTF-8, at most; the sandbox has no TextEncoder in its types. */
function bytesOf(text: string): number {
  return Array.from(text).reduce((bytes, sign) => bytes + (sign < '\u0080' ? 1 : sign < '\u0800' ? 2 : 4), 0);
}

/** One cell: no line break, no bar that would end it, no longer than is read. */
function cell(text: string): string {
  return text.replace(/[\r\n|]+/g, ' ').slice(0, 120);
}
