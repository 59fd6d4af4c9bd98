/** How weights follow their gradients. */
export type OptimiserOptions =
  | {
      readonly kind: 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      /** Decoupled decay of kernels (weights of two axes and more), relative to the learning rate (Loshchilov and Hutter). */
      readonly weightDecay: number;
    }
  | {
      readonly kind: 'sgd';
      readonly momentum: number;
      readonly nesterov: boolean;
      /** As above. */
      readonly weightDecay: number;
    };
