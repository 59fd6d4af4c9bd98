import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { SectionName } from '../shared/config.js';
import { SEARCH_ATTRIBUTES } from '../shared/search-attributes.js';

const stageKey = defineSearchAttributeKey('DigitloomStage', SEARCH_ATTRIBUTES.DigitloomStage);
const presetKey = defineSearchAttributeKey('DigitloomPreset', SEARCH_ATTRIBUTES.DigitloomPreset);
const datasetKey = defineSearchAttributeKey('DigitloomDataset', SEARCH_ATTRIBUTES.DigitloomDataset);
const bestAccuracyKey = defineSearchAttributeKey('DigitloomBestAccuracy', SEARCH_ATTRIBUTES.DigitloomBestAccuracy);

/** Makes the run findable by the stage it is in (`finished` at the end); a search has one of its own. */
export function markStage(stage: SectionName | 'search' | 'finished'): void {
  upsertSearchAttributes([{ key: stageKey, value: stage }]);
}

/** Makes the run findable by its preset. */
export function markPreset(preset: string): void {
  upsertSearchAttributes([{ key: presetKey, value: preset }]);
}

/** Makes the run findable by the digest of its data set. */
export function markDataset(digest: string): void {
  upsertSearchAttributes([{ key: datasetKey, value: digest }]);
}

/** Makes the run findable by the test accuracy of its best model. */
export function markBestAccuracy(accuracy: number): void {
  upsertSearchAttributes([{ key: bestAccuracyKey, value: accuracy }]);
}
