import { budgetOf } from '../../shared/analysis/augmentation-impact.js';
import type { AugmentationImpact, ImpactAdvice, ImpactWay, WayImpact } from '../../shared/analysis/augmentation-impact.js';
import { html, type Html } from './html.js';
import { formatCount, formatDifference, formatP } from './number-format.js';

/** What people call a way to augment. */
export function wayLabel({ name, kinds, copies, longer }: ImpactWay): string {
  if (copies > 0) return `expanded, ${copies} copies`;
  const pipeline = kinds.length <= 4 ? kinds.join(' + ') : 'the whole pipeline';
  const label = kinds.length === 0 ? 'none' : name.startsWith('section') ? pipeline : name;
  return longer > 1 ? `${label}, ${longer} x epochs` : label;
}

/** Which augmentation to take, in words: what it gains, how sure that is, and what it costs; once for each number of images seen. */
export function impactAdvice({ ways, seeds, advice }: AugmentationImpact): Html {
  const several = advice.length > 1;
  return html`${advice.map((each) => adviceOn(each, ways.filter((way) => budgetOf(way) === each.budget), several))}
    ${advice.some(({ take }) => take === undefined) ? html`<p>What is not shown with ${seeds} seeds may be with more seeds or epochs: <code>augment.impact.seeds</code>, <code>augment.impact.model.params.epochs</code>.</p>` : undefined}`;
}

function adviceOn({ take, best: mostAccurate, harmful }: ImpactAdvice, ways: readonly WayImpact[], several: boolean): Html {
  const named = (wanted: string | undefined): WayImpact | undefined => ways.find(({ name }) => name === wanted);
  const [taken, best] = [named(take), named(mostAccurate)];
  const when = several ? `With ${formatCount(ways[0]?.meanImages ?? 0)} images seen, ` : '';
  const start = (text: string): string => (several ? text : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`);
  const worse = ways.filter(({ name }) => harmful.includes(name)).map(wayLabel);
  const warning = worse.length > 0 ? html` Worse than none: ${worse.join('; ')}.` : undefined;
  if (taken) {
    const other = best && best !== taken ? html` The most accurate, ${wayLabel(best)}${gained(best)}, is not shown to be better than that.` : undefined;
    return html`<p class="lead">${when}${start('take')} <b>${wayLabel(taken)}</b>: ${figuresOf(taken)}.${other}${warning}</p>
      <p>${settingOf(taken)}</p>`;
  }
  const nearest = best?.gain ? html`the most accurate, <b>${wayLabel(best)}</b>, is at ${figuresOf(best)}` : 'none of them was more accurate than none';
  return html`<p class="lead">${when}${start('no augmentation is shown to be better than none')}: ${nearest}.${warning}</p>`;
}

function figuresOf({ gain, cost }: WayImpact): Html | undefined {
  return gain && html`${formatDifference(gain.difference.mean)} over none (p&nbsp;${gain.pValue === null ? 'unknown' : gain.pValue < 0.001 ? formatP(gain.pValue) : `=\u00a0${formatP(gain.pValue)}`}), ${cost.toFixed(1)} times its training time`;
}

function gained({ gain }: WayImpact): string {
  return gain ? ` (${formatDifference(gain.difference.mean)})` : '';
}

/** What to write into the settings to have it. */
function settingOf({ name, copies }: WayImpact): Html {
  if (copies > 0) return html`In the settings: <code>augment.copies</code> ${copies}, and of a network <code>"rows": "expanded", "params": { "augment": "none" }</code>.`;
  if (name.startsWith('section')) return html`In the settings of a network: <code>"params": { "augment": "section" }</code>.`;
  return html`In the settings of a network: <code>"params": { "augment": … }</code> with a pipeline of ${name} alone.`;
}
