import { placesOf } from '../../ml/models/places-of.js';
import type { SavedNetwork } from '../../ml/models/read-layers-model.js';

/** What a summary says of a variant whose network's answers are means over several places of an image; of another nothing. */
export function onePlaceNote(network: Pick<SavedNetwork, 'details'>): { readonly note?: string } {
  const places = placesOf(network).length;
  return places > 1 ? { note: `answers for an image as it is; its model's answers are means over ${places} places` } : {};
}
