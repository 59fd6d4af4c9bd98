/** Classes of layers that `@tensorflow/tfjs` 4.22 makes by itself. */
export const TF_LAYERS: ReadonlySet<string> = new Set(
  (
    'InputLayer ReLU LeakyReLU PReLU ELU ThresholdedReLU Softmax Conv1D Conv2D Conv3D Conv2DTranspose Conv3DTranspose SeparableConv2D DepthwiseConv2D ' +
    'Cropping2D UpSampling2D ZeroPadding2D RNN SimpleRNNCell SimpleRNN GRUCell GRU LSTMCell LSTM StackedRNNCells ConvLSTM2DCell ConvLSTM2D ' +
    'Dropout SpatialDropout1D GaussianNoise GaussianDropout AlphaDropout Dense Flatten Activation RepeatVector Reshape Permute Masking Embedding ' +
    'Add Multiply Average Maximum Minimum Concatenate Dot BatchNormalization LayerNormalization MaxPooling1D MaxPooling2D MaxPooling3D ' +
    'AveragePooling1D AveragePooling2D AveragePooling3D GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D ' +
    'TimeDistributed Bidirectional Rescaling CenterCrop CategoryEncoding Resizing RandomWidth'
  ).split(' '),
);
