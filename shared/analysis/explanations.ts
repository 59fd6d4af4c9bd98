/** One image and what a network's answer to it rests on. Pictures are base64 of width x height uint8, row by row. */
export interface ExplainedImage {
  /** 0-based, in the test images. */
  readonly row: number;
  readonly actual: number;
  readonly predicted: number;
  /** The probability of the answer. */
  readonly confidence: number;
  /** What the answer is weighed against: the true digit of a mistake, of a right answer the second most probable digit. */
  readonly rival: number;
  readonly rivalProbability: number;
  /** 0 is ground, 255 is ink. */
  readonly pixels: string;
  /** How much each pixel would change the answer's score, 255 where most. */
  readonly saliency: string;
  /** What each pixel's ink contributes to the answer's score less the rival's: 128 is nothing, above speaks for the answer, below for the rival. */
  readonly contributions: string;
  /** Where the last map sees what raises the answer's score (Grad-CAM), 255 where most; absent for a network without maps. */
  readonly gradCam?: string;
  /** Where its attention layers look, 255 where most; absent for a network without such layers. */
  readonly attention?: string;
}

/** The `explanations` artifact (JSON): what one network's answers rest on. Every map is scaled to its own strongest hundredth. */
export interface Explanations {
  readonly kind: 'explanations';
  /** The name of the model. */
  readonly network: string;
  readonly width: number;
  readonly height: number;
  /** The layer behind `gradCam`, and the side of its map. */
  readonly layer?: { readonly name: string; readonly side: number };
  /** What `attention` is made of: parts of places, rolled out over layers of self-attention, or the places' weights in convolutional block attention (CBAM). */
  readonly attention?: { readonly of: 'tokens' | 'places'; readonly layers: number };
  /** Digits that it reads rightly, from 0 to 9, then its surest mistakes, surest first. */
  readonly images: readonly ExplainedImage[];
}
