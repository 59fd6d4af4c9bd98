/** Adam's memory and how it is used (Kingma and Ba). */
export interface AdamOptions {
  /** `adamw` decays kernels by themselves (Loshchilov and Hutter), `adam` by a penalty in the gradient, which it then scales as all of it. */
  readonly kind: 'adam' | 'adamw';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Of kernels (weights of two axes and more): relative to the learning rate, or half of this times their squares in the loss. */
  readonly weightDecay: number;
}

/** How weights follow their gradients. */
export type OptimiserOptions =
  | AdamOptions
  | {
      readonly kind: 'sgd';
      readonly momentum: number;
      readonly nesterov: boolean;
      /** Decoupled decay of kernels, relative to the learning rate. */
      readonly weightDecay: number;
    };
