import type { ExplainedImage, Explanations } from '../../shared/analysis/explanations.js';
import { foldAway } from './fold-away.js';
import { heatPicture, signedHeatPicture, type Colour } from './heat-picture.js';
import { html, type Html } from './html.js';
import { formatPercent } from './number-format.js';
import { pixelsPicture } from './pixels-picture.js';

const VIOLET: Colour = [106, 61, 176];
const ORANGE: Colour = [209, 78, 20];
const GREEN: Colour = [16, 128, 80];
const BLUE: Colour = [30, 96, 200];

/** Networks that are shown in full; more would make the page long. */
const SHOWN = 2;
const ZOOM = 3;

/** What the networks' answers rest on: a legend, then each network's images with their maps. */
export function explanationsSection(explanations: readonly Explanations[]): Html {
  return html`<p>Which pixels a network's answer rests on, for digits that it reads rightly and surely and for its surest mistakes. The digit lies pale under each map, and
    the strongest hundredth of each map is in full colour. These are clues to what a network uses, no proof of why it answers so; they were made after the evaluation and feed nothing back.</p>
  <dl>
    <dt>Sensitivity</dt><dd>${key(VIOLET)}pixels, with ink or without, whose change would change the score of the answer most (saliency; Simonyan et al.).</dd>
    <dt>Evidence</dt><dd>${key(ORANGE)}ink that speaks for the answer, ${key(BLUE)}for its rival, which is the true digit of a mistake and, of a right answer,
      the second most probable digit. The pixels of an image add up to the difference of both scores, less that of an empty image (integrated gradients; Sundararajan et al.).</dd>
    <dt>Region</dt><dd>${key(ORANGE)}where the network's last map of features sees what speaks for the answer, as coarse as that map is, and empty where it does not (Grad-CAM; Selvaraju et al.).</dd>
    ${explanations.some(({ attention }) => attention) ? ATTENTION : undefined}
  </dl>
  ${foldAway(explanations.map(networkFigure), SHOWN, (rest) => `${rest} more ${rest === 1 ? 'network' : 'networks'}`, (parts) => html`${parts}`)}`;
}

const ATTENTION = html`<dt>Attention</dt><dd>${key(GREEN)}where the network's attention layers look more than at half of the places, whatever for: with self-attention, the part that each place has in the answer, rolled out over
      the layers (Abnar and Zuidema); with convolutional block attention, the weights of places (Woo et al.). Weights of channels alone have no place.</dd>`;

function key(colour: Colour): Html {
  return html`<span class="key" style="--key: rgb(${colour.join(', ')})"></span>`;
}

function networkFigure(explained: Explanations): Html {
  const { network, layer, attention, images } = explained;
  const right = images.filter(({ actual, predicted }) => actual === predicted);
  const wrong = images.filter(({ actual, predicted }) => actual !== predicted);
  const region = layer ? ` The regions are those of the layer ${layer.name}, ${layer.side} x ${layer.side}, each value drawn where it looks.` : '';
  const attends = attention ? ` The attention is ${attention.of === 'tokens' ? 'rolled out over' : 'the mean of'} ${attention.layers} ${attention.layers === 1 ? 'layer' : 'layers'}.` : '';
  return html`<article><h3>${network}</h3><div class="grid">${[['Read rightly and surely', right] as const, ['Its surest mistakes', wrong] as const].map(([title, some]) =>
    (some.length === 0 ? undefined : table(title, some, explained)))}</div>
    <p class="note">${wrong.length === 0 ? 'It makes no mistake on these test images. ' : ''}Of a mistake: true digit → answer. Below each, the probability of the answer and that of its rival.${region}${attends}</p></article>`;
}

function table(title: string, images: readonly ExplainedImage[], { width, height, layer, attention }: Explanations): Html {
  const picture = (source: string, alt: string): Html => html`<td><img src="${source}" width="${ZOOM * width}" height="${ZOOM * height}" alt="${alt}"></td>`;
  const row = ({ row: place, actual, predicted, confidence, rival, rivalProbability, pixels, saliency, contributions, gradCam, attention: attended }: ExplainedImage): Html => {
    const size = { width, height, pixels };
    return html`<tr><th scope="row" title="test image ${place}">${actual === predicted ? actual : `${actual} → ${predicted}`}
      <small>${predicted}: ${formatPercent(confidence, 1)}</small><small>${rival}: ${formatPercent(rivalProbability, 1)}</small></th>
      ${picture(pixelsPicture(pixels, size), `a ${actual}`)}
      ${picture(heatPicture({ ...size, map: saliency }, VIOLET), `sensitivity of ${predicted}`)}
      ${picture(signedHeatPicture({ ...size, map: contributions }, ORANGE, BLUE), `what speaks for ${predicted} and for ${rival}`)}
      ${gradCam === undefined ? undefined : picture(heatPicture({ ...size, map: gradCam }, ORANGE), `region of ${predicted}`)}
      ${attended === undefined ? undefined : picture(heatPicture({ ...size, map: attended }, GREEN), `attention to a ${actual}`)}</tr>`;
  };
  return html`<figure><div class="scroll"><table class="pictures"><caption>${title}</caption><thead><tr><td></td><th scope="col">image</th><th scope="col">sensitivity</th><th scope="col">evidence</th>
    ${layer && html`<th scope="col">region</th>`}${attention && html`<th scope="col">attention</th>`}</tr></thead><tbody>${images.map(row)}</tbody></table></div></figure>`;
}
