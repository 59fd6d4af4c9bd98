import * as Plot from '@observablehq/plot';
import { DOMParser } from 'linkedom';
import { html, type Html } from './html.js';

/** Text of a plot, in px of its own width; plots are drawn about as wide as they are shown. */
const FONT_SIZE = 12;

/**
 * Draws a plot as inline SVG in a figure with a caption. Colours are the page's custom properties, so that one drawing
 * serves light, dark and paper. Library: Observable Plot on linkedom's document, so no browser is needed.
 */
export function plotFigure(caption: Html, description: string, options: Plot.PlotOptions): Html {
  const document = new DOMParser().parseFromString('<!doctype html><html><body></body></html>', 'text/html');
  const plot = Plot.plot({
    className: 'plot',
    style: { fontSize: `${FONT_SIZE}px`, overflow: 'visible' },
    ...options,
    document,
  });
  // The page's own style sheet serves all plots.
  for (const style of plot.querySelectorAll('style')) style.remove();
  return html`<figure><div class="scroll" role="img" aria-label="${description}">${{ markup: plot.outerHTML }}</div><figcaption>${caption}</figcaption></figure>`;
}
