"""Writes the handwritten digits of scikit-learn as PNG images, into a folder for each digit, and keeps some back to test with."""
import argparse
import struct
import zlib
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

parser = argparse.ArgumentParser()
parser.add_argument('--images-of-each', type=int, required=True, help='how many images of each digit to train with')
options = parser.parse_args()

TEST_IMAGES_OF_EACH = 3
# An image of 8 by 8 pixels is too small for some models.
SCALE = 4
OUTPUT = Path('/opt/ml/processing/output')


def png(pixels):
    """A greyscale image: its header, its rows, each after the number of its filter, and its end."""
    height, width = pixels.shape
    rows = b''.join(b'\0' + row.tobytes() for row in pixels)
    chunks = [(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)), (b'IDAT', zlib.compress(rows)), (b'IEND', b'')]
    return b'\x89PNG\r\n\x1a\n' + b''.join(
        struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data)) for name, data in chunks)


digits = load_digits()
for digit in range(10):
    images = digits.images[digits.target == digit][:options.images_of_each + TEST_IMAGES_OF_EACH]
    for number, image in enumerate(images):
        output = 'test' if number < TEST_IMAGES_OF_EACH else 'train'
        folder = OUTPUT / output / str(digit)
        folder.mkdir(parents=True, exist_ok=True)
        # The pixels are from 0 to 16.
        pixels = np.kron(image * 255 / 16, np.ones((SCALE, SCALE))).astype(np.uint8)
        (folder / f'{number:03d}.png').write_bytes(png(pixels))
    print(f'{digit}: {len(images)} images')
