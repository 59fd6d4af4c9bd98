import type { AugmentationImpact, ImpactWay, WayImpact } from '../../shared/analysis/augmentation-impact.js';
import { html, type Html } from './html.js';
import { formatDifference, formatP } from './number-format.js';

/** What people call a way to augment. */
export function wayLabel({ name, kinds, copies }: ImpactWay): string {
  if (name === 'section') return kinds.length > 0 && kinds.length <= 4 ? kinds.join(' + ') : 'the whole pipeline';
  return name === 'expanded' ? `expanded, ${copies} copies` : name;
}

/** Which augmentation to take, in words: what it gains, how sure that is, and what it costs. */
export function impactAdvice({ ways, seeds, advice }: AugmentationImpact): Html {
  const named = (wanted: string): WayImpact | undefined => ways.find(({ name }) => name === wanted);
  const [taken, best] = [named(advice.take), named(advice.best)];
  const harmful = ways.filter(({ name }) => advice.harmful.includes(name)).map(wayLabel);
  const warning = harmful.length > 0 ? html` Worse than none: ${harmful.join('; ')}.` : undefined;
  if (taken?.gain) {
    const other = best && best.name !== taken.name ? html` The most accurate, ${wayLabel(best)}${gained(best)}, is not shown to be better than that.` : undefined;
    return html`<p class="lead">Take <b>${wayLabel(taken)}</b>: ${figuresOf(taken)}.${other}${warning}</p>
      <p>${settingOf(taken)}</p>`;
  }
  const nearest = best?.gain
    ? html`the most accurate, <b>${wayLabel(best)}</b>, is at ${figuresOf(best)}`
    : 'none of them was more accurate than no augmentation';
  return html`<p class="lead">With ${seeds} seeds, no augmentation is shown to be better than none: ${nearest}.${warning}</p>
    <p>More seeds, or more epochs, may tell: <code>augment.impact.seeds</code>, <code>augment.impact.model.params.epochs</code>.</p>`;
}

function figuresOf({ gain, cost }: WayImpact): Html | undefined {
  return gain && html`${formatDifference(gain.difference.mean)} over none (p&nbsp;${gain.pValue === null ? 'unknown' : gain.pValue < 0.001 ? formatP(gain.pValue) : `=\u00a0${formatP(gain.pValue)}`}), ${cost.toFixed(1)} times the training time`;
}

function gained({ gain }: WayImpact): string {
  return gain ? ` (${formatDifference(gain.difference.mean)})` : '';
}

/** What to write into the settings to have it. */
function settingOf({ name, copies }: WayImpact): Html {
  if (name === 'section') return html`In the settings of a network: <code>"params": { "augment": "section" }</code>.`;
  if (name === 'expanded') return html`In the settings: <code>augment.copies</code> ${copies}, and of a network <code>"rows": "expanded", "params": { "augment": "none" }</code>.`;
  return html`In the settings of a network: <code>"params": { "augment": … }</code> with a pipeline of ${name} alone.`;
}
