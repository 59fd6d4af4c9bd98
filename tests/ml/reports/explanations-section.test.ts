import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { explanationsSection } from '../../../ml/reports/explanations-section.js';
import { heatPicture, signedHeatPicture } from '../../../ml/reports/heat-picture.js';
import type { ExplainedImage, Explanations } from '../../../shared/analysis/explanations.js';

const base64 = (...levels: number[]): string => Buffer.from(Uint8Array.from(levels)).toString('base64');
const MAPS = { pixels: base64(0, 255, 0, 0), saliency: base64(0, 255, 100, 0), contributions: base64(128, 255, 1, 128), gradCam: base64(0, 0, 255, 255) };
const right: ExplainedImage = { row: 4, actual: 7, predicted: 7, confidence: 0.9991, rival: 1, rivalProbability: 0.0006, ...MAPS };
const wrong: ExplainedImage = { row: 9, actual: 4, predicted: 9, confidence: 0.981, rival: 4, rivalProbability: 0.013, ...MAPS };
const explained = (network: string, over: Partial<Explanations> = {}): Explanations => ({ kind: 'explanations', network, width: 2, height: 2, layer: { name: 'conv3', side: 9 }, images: [right, wrong], ...over });
const pixelsOf = (uri: string): number[][] => {
  const { data } = PNG.sync.read(Buffer.from(uri.split(',')[1] ?? '', 'base64'));
  return [0, 1, 2, 3].map((i) => [...data.subarray(4 * i, 4 * i + 3)]);
};

describe('the report on what networks look at', () => {
  it('shows each image with its maps, true digit, answer and rival, mistakes apart', () => {
    const { markup } = explanationsSection([explained('cnn')]);
    assert.match(markup, /Read rightly and surely[\s\S]*title="test image 4">7\s[\s\S]*7: 99\.9.%[\s\S]*1: 0\.1.%[\s\S]*Its surest mistakes[\s\S]*title="test image 9">4 → 9\s[\s\S]*9: 98\.1.%[\s\S]*4: 1\.3.%/);
    assert.equal(markup.match(/<img /g)?.length, 8);
    assert.match(markup, /alt="what speaks for 9 and for 4"/);
    assert.match(markup, /layer conv3, 9 x 9/);
  });

  it('leaves out the region of a network without maps, and the mistakes of one that makes none', () => {
    const withoutMap = ({ gradCam: _, ...image }: ExplainedImage): ExplainedImage => image;
    const flat = ({ layer: _, ...rest }: Explanations): Explanations => rest;
    const { markup } = explanationsSection([flat(explained('dense', { images: [withoutMap(right)] }))]);
    assert.equal(markup.match(/<img /g)?.length, 3);
    assert.doesNotMatch(markup, /alt="region|>region<|surest mistakes<|layer conv3/);
    assert.match(markup, /makes no mistake/);
  });

  it('shows attention and says what it is, for the networks that have some', () => {
    const attending = explained('vit', { attention: { of: 'tokens', layers: 6 }, images: [{ ...right, attention: base64(0, 255, 0, 255) }] });
    const { markup } = explanationsSection([attending]);
    assert.match(markup, /<dt>Attention<[\s\S]*>attention<\/th>[\s\S]*alt="attention to a 7"[\s\S]*rolled out over 6 layers/);
    assert.match(explanationsSection([explained('cbam', { attention: { of: 'places', layers: 1 } })]).markup, /the mean of 1 layer\./);
    assert.doesNotMatch(explanationsSection([explained('cnn')]).markup, /[Aa]ttention/);
  });

  it('folds away what comes after two networks', () => {
    const { markup } = explanationsSection(['one', 'two', 'three'].map((name) => explained(name)));
    assert.match(markup, /<h3>one<[\s\S]*<h3>two<[\s\S]*<details><summary>1 more network<[\s\S]*<h3>three</);
    assert.doesNotMatch(explanationsSection([explained('one'), explained('two')]).markup, /<details>/);
  });
});

describe('a picture of a map', () => {
  const size = { width: 2, height: 2, pixels: base64(0, 255, 0, 255) };

  it('is the image, pale, where the map is nothing, and the colour where it is most', () => {
    const [ground, ink, most, both] = pixelsOf(heatPicture({ ...size, map: base64(0, 0, 255, 255) }, [200, 10, 30]));
    assert.deepEqual([ground, most, both], [[255, 255, 255], [200, 10, 30], [200, 10, 30]]);
    assert.ok(ink?.every((value) => value === ink[0] && value > 150 && value < 220), `${ink}`);
  });

  it('has one colour above the middle and another below, as strong at both ends', () => {
    const [none, above, below, half] = pixelsOf(signedHeatPicture({ ...size, pixels: base64(0, 0, 0, 0), map: base64(128, 255, 1, 191) }, [200, 10, 30], [10, 20, 250]));
    assert.deepEqual([none, above, below], [[255, 255, 255], [200, 10, 30], [10, 20, 250]]);
    assert.ok((half?.[0] ?? 0) > 200 && (half?.[1] ?? 0) > 100 && (half?.[1] ?? 0) < 150, `${half}`);
  });
});
