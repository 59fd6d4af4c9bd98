/** Names and types of the search attributes that runs carry; infra registers them, workflows set them. */
export const SEARCH_ATTRIBUTES = {
  DigitloomStage: 'KEYWORD',
  DigitloomPreset: 'KEYWORD',
  DigitloomDataset: 'KEYWORD',
  DigitloomBestAccuracy: 'DOUBLE',
} as const;
