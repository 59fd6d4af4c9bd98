import type { ClusterAnalysis, Clustering, Spread } from '../../shared/analysis/cluster-analysis.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { pixelsPicture } from './pixels-picture.js';

const NAMES: Readonly<Record<string, string>> = { pixels: 'pixels', pca: 'principal components', deskewed: 'upright images, principal components' };

/** What k-means finds without labels, and how it agrees with them. */
export function clusterSection(analysis: ClusterAnalysis): Html {
  const { clusterings, rows, components } = analysis;
  const matched = clusterings.filter(({ clusters }) => clusters <= 10);
  const best = matched.reduce<Clustering | undefined>((top, each) => (top && top.hungarianAccuracy >= each.hungarianAccuracy ? top : each), undefined);
  const shown = clusterings.filter((each) => each === best || (best && each.of === best.of && each.clusters > best.clusters));
  return html`${best && html`<p>Ten clusters of ${formatCount(rows)} training images, found without their labels, agree best with the digits on ${NAMES[best.of] ?? best.of}:
      each cluster read as one digit, ${formatPercent(best.hungarianAccuracy, 1)} are right.</p>`}
    <figure><div class="scroll"><table class="compact"><thead><tr><th>input</th><th>clusters</th><th>restarts</th><th>Hungarian accuracy</th><th>NMI</th><th>adjusted Rand</th><th>purity</th><th>silhouette</th></tr></thead>
    <tbody>${clusterings.map((each) => html`<tr><th>${NAMES[each.of] ?? each.of}<small>${each.columns} columns</small></th><td>${each.clusters}</td><td>${each.restarts}</td>
      ${scoreCell(each, 'hungarianAccuracy', each.clusters > 10)}${scoreCell(each, 'nmi')}${scoreCell(each, 'ari')}${scoreCell(each, 'purity')}<td>${each.silhouette.toFixed(3)}</td></tr>`)}</tbody></table></div>
    <figcaption>k-means (Lloyd, greedy k-means++). The restart with the lowest inertia, chosen without labels; small: mean and range of all restarts. Hungarian accuracy: the best one-to-one match
      of clusters and digits, for no more clusters than digits. NMI: mutual information over the mean entropy. Purity: the share of each cluster's most frequent digit; it rises with the number of clusters.
      Silhouette: on 1,000 images in the input's own space. ${components} principal components.</figcaption></figure>
    ${shown.map((each) => clusterGallery(analysis, each))}
    ${best && clusterTable(best)}`;
}

function scoreCell({ overRestarts, restarts, ...scores }: Clustering, score: keyof Clustering['overRestarts'], left = false): Html {
  if (left) return html`<td class="none">–</td>`;
  const spread = ({ mean, least, most }: Spread): Html => html`<small>mean ${mean.toFixed(3)}</small><small>${least.toFixed(3)} – ${most.toFixed(3)}</small>`;
  return html`<td>${scores[score].toFixed(3)}${restarts > 1 ? spread(overRestarts[score]) : undefined}</td>`;
}

function clusterGallery({ width, height }: ClusterAnalysis, { of, clusters, table, means }: Clustering): Html {
  const ordered = table.map((row, cluster) => ({ cluster, row, size: row.reduce((sum, count) => sum + count, 0), digit: row.indexOf(Math.max(...row)) }))
    .sort((a, b) => a.digit - b.digit || b.size - a.size);
  return html`<figure><ul class="gallery">${ordered.map(({ cluster, row, size, digit }) => html`<li>
    <img src="${pixelsPicture(means[cluster] ?? '', { width, height })}" width="${2 * width}" height="${2 * height}" alt="mean of cluster ${cluster}" title="cluster ${cluster}: ${row.map((count, label) => `${label}: ${count}`).join(', ')}">
    ${distribution(row, size)}<b>${digit} <span class="none">${formatPercent((row[digit] ?? 0) / Math.max(1, size), 0)}</span></b> <small>${formatCount(size)}</small></li>`)}</ul>
    <figcaption>Mean images of the ${clusters} clusters on ${NAMES[of] ?? of}, by their most frequent digit: bars are the digits 0 to 9 in the cluster; below, the most frequent digit, its share, and the images.</figcaption></figure>`;
}

/** Ten small bars: the digits' shares of a cluster. */
function distribution(row: readonly number[], size: number): Html {
  const bars = row.map((count, label) => {
    const tall = (18 * count) / Math.max(1, size);
    return html`<rect x="${6 * label}" y="${(18 - tall).toFixed(1)}" width="5" height="${tall.toFixed(1)}" fill="var(--blue)"/>`;
  });
  return html`<svg style="display:block;margin:0 auto 3px" width="59" height="19" viewBox="0 0 59 19" role="img" aria-label="digits in the cluster"><rect y="18" width="59" height="1" fill="var(--line)"/>${bars}</svg>`;
}

function clusterTable({ of, table, classOf }: Clustering): Html {
  const order = table.map((_, cluster) => cluster).sort((a, b) => (classOf[a] ?? -1) - (classOf[b] ?? -1));
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th>cluster stands for</th>${(table[0] ?? []).map((_, label) => html`<th>${label}</th>`)}</tr></thead>
    <tbody>${order.map((cluster) => html`<tr><th>${(classOf[cluster] ?? -1) >= 0 ? classOf[cluster] : 'none'}</th>${(table[cluster] ?? []).map((count, label) =>
      html`<td${classOf[cluster] === label ? { markup: ' class="best"' } : ''}>${count === 0 ? '' : formatCount(count)}</td>`)}</tr>`)}</tbody></table></div>
    <figcaption>Clusters on ${NAMES[of] ?? of} against digits (columns: labels). Bold: the match that counts for the Hungarian accuracy.</figcaption></figure>`;
}
