import { html, type Html } from './html.js';

const TERMS: readonly (readonly [string, string])[] = [
  ['Accuracy', 'the share of test images whose most probable digit is the true one.'],
  ['95 % interval', 'Wilson’s score interval: the range of true accuracies under which a result like this one would not be surprising, given the number of test images.'],
  ['Log-loss', 'the mean of minus the natural logarithm of the probability given to the true digit; being sure and wrong costs most. Lower is better.'],
  ['ECE', 'expected calibration error: the mean gap between confidence and accuracy over 15 equal bins of confidence, weighted by their images. Zero is perfectly honest.'],
  ['Brier score', 'the mean squared distance between the probabilities and the truth, summed over the digits, from 0 to 2. Lower is better.'],
  ['Calibration', 'a correction of probabilities, learnt on validation images, after which a confidence of 80 % should mean 80 % right.'],
  ['Coverage', 'of a model that may reject: the share of images that it answers. Of prediction sets: the share that hold the true digit.'],
  ['Risk', 'the share of wrong answers among those that are given.'],
  ['Confidence', 'the probability that a model gives to its answer.'],
  ['Precision', 'of the images answered with a digit, the share that really show it.'],
  ['Recall', 'of the images that show a digit, the share answered with it.'],
  ['F1', 'the harmonic mean of precision and recall.'],
  ['McNemar test', 'the exact binomial test on the images where just one of two models is right; p is the probability of so uneven a split if both were equally good.'],
  ['Seed', 'the number from which all chance of a training follows: first weights, the order of the images, what is dropped or augmented.'],
  ['Paired t-test', 'Student’s test of the differences between two models with the same seeds; p is the probability of so large a mean difference if there were none.'],
  ['p50, p99', 'half of the single-image predictions took at most p50, 99 of 100 at most p99; one image at a time, with nothing else running.'],
  ['Images/s', 'throughput when many images are predicted in one call.'],
  ['Size', 'bytes of the stored model file.'],
  ['Parameters', 'the numbers that training has set.'],
  ['Gain', 'by how much the splits on a column lowered the training loss, summed over those splits; of forests as a part of the whole.'],
  ['Ensemble', 'a second model that weighs the other models’ probabilities; it was trained on the validation split only.'],
  ['Validation', 'training images held back from fitting; used for early stopping and for the ensemble, never for the figures on test images.'],
];

/** What each figure means, in a sentence. */
export function glossary(): Html {
  return html`<dl>${TERMS.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl>`;
}
