import type { CompressionSearch } from '../../shared/compression.js';
import { html, type Html } from './html.js';
import { formatBytes, formatCount, formatPercent } from './number-format.js';

/** What a search for smaller variants has tried: every plan after each pass, those of the front marked. */
export function compressionSearchSection({ of, epochs, first, full }: CompressionSearch): Html {
  return html`<p>${formatCount(first.length)} plans to compress <b>${of}</b>, each stage ${formatCount(epochs.first)} epochs; the ${formatCount(full.length)} that no other one beats, ${formatCount(epochs.full)} epochs. Those marked ● are
    the front: no other plan is as small, coded as small, takes as few multiply-adds and is as accurate, and better in one of them.</p>
    ${table(`After ${epochs.full} epochs a stage`, full)}${table(`After ${epochs.first} epochs a stage`, first)}
    <p class="note">Accuracy on the validation images, by which the front was chosen; the variants that came of it are judged on the test images like all others. In names: k, part of the channels left in hundredths; s, part of the
    numbers that are 0; c, clusters; w, bits of weights.</p>`;
}

function table(title: string, plans: CompressionSearch['first']): Html {
  const sorted = [...plans].sort((a, b) => a.bytes - b.bytes || b.validationAccuracy - a.validationAccuracy || (a.name < b.name ? -1 : 1));
  return html`<h3>${title}</h3><div class="scroll"><table><thead><tr><th scope="col">plan</th><th scope="col">size</th><th scope="col">coded</th><th scope="col">multiply-adds</th><th scope="col">validation accuracy</th><th scope="col">front</th></tr></thead>
    <tbody>${sorted.map(({ name, bytes, codedBytes, multiplyAdds, validationAccuracy, front }) => html`<tr><th scope="row">${name}</th><td>${formatBytes(bytes)}</td><td>${formatBytes(codedBytes)}</td><td>${formatCount(multiplyAdds)}</td><td>${formatPercent(validationAccuracy)}</td><td>${front ? '●' : ''}</td></tr>`)}</tbody></table></div>`;
}
