"""Writes torch-200-steps.json: 200 training steps of a small CNN in PyTorch, in float32, from weights and batches that formulas give.
python torch_200_steps.py > torch-200-steps.json   (PyTorch on the CPU, one thread; its version stands in the file)"""
import json
import numpy as np, torch, torch.nn.functional as F

STEPS, BATCH = 200, 32
SHAPES = [("conv1/kernel", (3, 3, 1, 4)), ("conv1/bias", (4,)), ("conv2/kernel", (3, 3, 4, 8)), ("conv2/bias", (8,)),
          ("hidden/kernel", (200, 16)), ("hidden/bias", (16,)), ("digits/kernel", (16, 10)), ("digits/bias", (10,))]
torch.set_num_threads(1)


def weights():
    """He's scale times the sine of the running index; biases 0. TensorFlow's layout: HWIO kernels."""
    found, at = [], 0
    for _, shape in SHAPES:
        count = int(np.prod(shape))
        scale = np.sqrt(2 / np.prod(shape[:-1])) if len(shape) > 1 else 0
        found.append((scale * np.sin(1.7 * np.arange(at, at + count) + 0.3)).astype(np.float32).reshape(shape))
        at += count
    return found


def batch(step):
    """Bars whose slope is the label."""
    i = np.arange(BATCH)
    labels = (7 * i + step) % 10
    y, x = np.mgrid[0:28, 0:28]
    phase = x[None] * (labels / 9)[:, None, None] - y[None] / 4 + 0.1 * step + i[:, None, None]
    return np.maximum(0, np.cos(phase)).astype(np.float32), labels


def run(make):
    leaves = [torch.from_numpy(w).clone().requires_grad_() for w in weights()]
    c1, b1, c2, b2, h, bh, d, bd = leaves
    optimiser, losses = make(leaves), []
    for step in range(STEPS):
        images, labels = batch(step)
        x = torch.from_numpy(images)[:, None]
        x = F.max_pool2d(F.relu(F.conv2d(x, c1.permute(3, 2, 0, 1), b1)), 2)
        x = F.max_pool2d(F.relu(F.conv2d(x, c2.permute(3, 2, 0, 1), b2)), 2)
        x = F.relu(x.permute(0, 2, 3, 1).reshape(BATCH, -1) @ h + bh) @ d + bd
        loss = F.cross_entropy(x, torch.from_numpy(labels))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(round(loss.item(), 6))
    return {"losses": losses, "norms": [round(float(w.detach().norm()), 5) for w in leaves]}


print(json.dumps({
    "torch": torch.__version__, "steps": STEPS, "batch": BATCH,
    "adam": run(lambda w: torch.optim.Adam(w, lr=0.0005, betas=(0.9, 0.999), eps=1e-8)),
    "sgd": run(lambda w: torch.optim.SGD(w, lr=0.005, momentum=0.9, nesterov=True)),
}))
