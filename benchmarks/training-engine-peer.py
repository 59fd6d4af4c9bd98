"""The reference CNN's training in PyTorch (channels_last, Adam, batches of 128): python training-engine-peer.py <steps> <threads> <float32|bfloat16>
Prints one JSON line: images a second over all steps, and in the fastest tenth of them."""
import gzip, json, os, sys, time
import numpy as np, torch, torch.nn as nn

STEPS, THREADS, PRECISION = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
BATCH, WARM_UP = 128, 20
torch.set_num_threads(THREADS)
torch.manual_seed(0)


def read(name):
    with gzip.open(os.path.join(os.environ["MNIST_DIR"], f"train-{name}-ubyte.gz")) as file:
        return np.frombuffer(file.read(), np.uint8)


images = torch.from_numpy(read("images-idx3")[16:].reshape(-1, 1, 28, 28).copy())
labels = torch.from_numpy(read("labels-idx1")[8:].copy()).long()
network = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Dropout(0.25), nn.Linear(128, 10)).to(memory_format=torch.channels_last)
optimiser = torch.optim.Adam(network.parameters(), 1e-3)
loss_of = nn.CrossEntropyLoss()
order = torch.randperm(len(images))
times = []
for step in range(STEPS + WARM_UP):
    started = time.perf_counter()
    at = (step * BATCH) % (len(images) - BATCH)
    rows = order[at:at + BATCH]
    x = (images[rows].float() / 255).contiguous(memory_format=torch.channels_last)
    optimiser.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=PRECISION == "bfloat16"):
        loss = loss_of(network(x), labels[rows])
    loss.backward()
    optimiser.step()
    loss.item()
    if step >= WARM_UP:
        times.append(time.perf_counter() - started)
times.sort()
print(json.dumps({"mean": BATCH * STEPS / sum(times), "fast": BATCH / times[STEPS // 10]}))
