"""Classes of images by a float32 .tflite file in LiteRT: images as bytes on standard input (28 x 28 each), a byte for each on standard output.

    litert_classes.py MODEL.tflite
"""

import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter

images = np.frombuffer(sys.stdin.buffer.read(), dtype=np.uint8).reshape(-1, 1, 28, 28, 1).astype(np.float32) / 255
interpreter = Interpreter(model_path=sys.argv[1], num_threads=1)
interpreter.allocate_tensors()
(source,) = interpreter.get_input_details()
(sink,) = interpreter.get_output_details()
classes = np.empty(len(images), dtype=np.uint8)
for row, image in enumerate(images):
    interpreter.set_tensor(source["index"], image)
    interpreter.invoke()
    classes[row] = interpreter.get_tensor(sink["index"])[0].argmax()
sys.stdout.buffer.write(classes.tobytes())
