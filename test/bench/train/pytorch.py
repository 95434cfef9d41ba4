"""The benchmark's rows in PyTorch, eager, as one writes them there. One line of JSON says what was built; then every line
{"steps": n} or {"evaluations": n} is answered with the milliseconds of each."""

import inspect
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

EVALUATION_BATCH, CLASSES = 250, 100


def mlp(*widths):
    sizes = [3 * 32 * 32, *widths]
    layers = [nn.Flatten()]
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers, nn.Linear(sizes[-1], CLASSES))


def convolution(inputs, outputs, kernel=3, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.norm1 = convolution(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.norm2 = convolution(outputs, outputs), nn.BatchNorm2d(outputs)
        self.stride, self.extra = stride, outputs - inputs

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)), inplace=True)
        y = self.norm2(self.conv2(y))
        if self.extra or self.stride > 1:  # option A: every second pixel, zero channels added
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.extra))
        return F.relu(y + x, inplace=True)


def resnet(depth):
    layers, inputs = [convolution(3, 16), nn.BatchNorm2d(16), nn.ReLU(inplace=True)], 16
    for outputs, stride in ((16, 1), (32, 2), (64, 2)):
        for index in range((depth - 2) // 6):
            layers.append(ResidualBlock(inputs, outputs, stride if index == 0 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, CLASSES))


class WideBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.norm1, self.conv1 = nn.BatchNorm2d(inputs), convolution(inputs, outputs, 3, stride)
        self.norm2, self.conv2 = nn.BatchNorm2d(outputs), convolution(outputs, outputs)
        self.shortcut = None if inputs == outputs else convolution(inputs, outputs, 1, stride)

    def forward(self, x):
        entered = F.relu(self.norm1(x), inplace=True)
        y = self.conv2(F.relu(self.norm2(self.conv1(entered)), inplace=True))
        return y + (x if self.shortcut is None else self.shortcut(entered))


def wide_resnet(depth, factor):
    layers, inputs = [convolution(3, 16)], 16
    for outputs, stride in ((16 * factor, 1), (32 * factor, 2), (64 * factor, 2)):
        for index in range((depth - 4) // 6):
            layers.append(WideBlock(inputs, outputs, stride if index == 0 else 1))
            inputs = outputs
    layers += [nn.BatchNorm2d(inputs), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return nn.Sequential(*layers, nn.Linear(inputs, CLASSES))


def mobilenet(alpha):
    def width(filters):
        return max(8, 8 * round(filters * alpha / 8))

    def normalised(layer):
        return [layer, nn.BatchNorm2d(layer.out_channels), nn.ReLU(inplace=True)]

    body = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]
    layers, inputs = normalised(convolution(3, width(32))), width(32)
    for filters, stride in body:
        layers += normalised(convolution(inputs, inputs, 3, stride, groups=inputs))
        layers += normalised(convolution(inputs, width(filters), 1))
        inputs = width(filters)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, CLASSES))


ROWS = {
    "mlp-1200-1200": lambda: [mlp(1200, 1200)],
    "resnet-8": lambda: [resnet(8)],
    "resnet-20": lambda: [resnet(20)],
    "wrn-16-2": lambda: [wide_resnet(16, 2)],
    "mobilenet-0.5": lambda: [mobilenet(0.5)],
    "dml-2-resnet-8": lambda: [resnet(8), resnet(8)],
    "dml-2-resnet-32": lambda: [resnet(32), resnet(32)],
}


def main(row, layout, threads, compiled, on_cpu, batch):
    torch.set_num_threads(threads)
    device = "cuda" if torch.cuda.is_available() and not on_cpu else "cpu"
    if device == "cpu" and "--gpu" in sys.argv:
        raise RuntimeError(f"PyTorch {torch.__version__}, built for CUDA {torch.version.cuda}, finds no GPU that it can use")
    torch.manual_seed(1)
    images = torch.randn(batch, 3, 32, 32, device=device)
    evaluated = torch.randn(EVALUATION_BATCH, 3, 32, 32, device=device)
    labels = torch.arange(batch, device=device) * 37 % CLASSES
    mixed = row.endswith("-float16")
    networks = [network.to(device) for network in ROWS[row.removesuffix("-float16")]()]
    scaler = torch.amp.GradScaler(device) if mixed else None
    if layout == "channels-last":
        images, evaluated = (x.to(memory_format=torch.channels_last) for x in (images, evaluated))
        networks = [network.to(memory_format=torch.channels_last) for network in networks]
    applied = [torch.compile(network) for network in networks] if compiled else networks
    # Debian's PyTorch 1.13 does not fuse.
    fused = {"fused": True} if "fused" in inspect.signature(torch.optim.SGD).parameters else {}
    optimizers = [
        torch.optim.SGD(network.parameters(), 0.1, momentum=0.9, nesterov=True, weight_decay=5e-4, **fused) for network in networks
    ]

    def finish():
        if device == "cuda":
            torch.cuda.synchronize()

    def step():
        for network in networks:
            network.train()
        with torch.autocast(device, torch.float16, enabled=mixed):
            logits = [network(images) for network in applied]
        logits = [own.float() for own in logits]
        targets = [F.softmax(own.detach(), 1) for own in logits] if len(logits) > 1 else []
        for place, own in enumerate(logits):
            loss = F.cross_entropy(own, labels)
            if len(logits) > 1:
                loss = loss + F.kl_div(F.log_softmax(own, 1), targets[1 - place], reduction="batchmean")
            optimizers[place].zero_grad(set_to_none=True)
            (scaler.scale(loss) if scaler else loss).backward()
        for optimizer in optimizers:
            scaler.step(optimizer) if scaler else optimizer.step()
        if scaler:
            scaler.update()
        finish()
        return loss

    @torch.inference_mode()
    def evaluate():
        for network in networks:
            network.eval()
        result = [network(evaluated) for network in applied]
        finish()
        return result

    def milliseconds(run):
        start = time.perf_counter()
        run()
        return (time.perf_counter() - start) * 1e3

    compile_ms = milliseconds(step)
    parameters = sum(p.numel() for network in networks for p in network.parameters())
    name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
    say({"engine": f"pytorch {torch.__version__} {name}", "parameters": parameters, "compileMs": compile_ms})
    for line in sys.stdin:
        wanted = json.loads(line)
        ms = [milliseconds(step) for _ in range(wanted.get("steps", 0))]
        ms += [milliseconds(evaluate) for _ in range(wanted.get("evaluations", 0))]
        say({"ms": ms, "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def say(message):
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), "--compile" in sys.argv, "--cpu" in sys.argv, int(sys.argv[4]))
    except Exception as error:  # the benchmark prints it beside the row
        say({"error": f"{type(error).__name__}: {error}"})
