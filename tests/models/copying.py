"""A real CTranslate2 model, wired by hand, that gives back what it gets; and with it a SIMULATED Polish.

`en_pl_uk(folder)` makes two installed packages: the copying model as en→pl, whose "Polish" is the English it was
given, and the toy en→uk relabelled as pl→uk, which therefore finds the English that it knows. Packages, tokeniser,
translator, beams and files are real; that the language between is Polish is not.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

TOY = Path(__file__).with_name("toy-en_uk.argosmodel")
CODE, PLACES = 128, 128  # numbers that stand for a piece, and for a position
WIDTH = 2 * CODE + PLACES


def en_pl_uk(folder: Path) -> None:
    """Put both packages into a packages folder."""
    with zipfile.ZipFile(TOY) as toy:
        files = {name.partition("/")[2]: toy.read(name) for name in toy.namelist()}
    vocabulary = json.loads(files["model/shared_vocabulary.json"])
    for top, pair in (("copying-en_pl", ("en", "pl")), ("toy-pl_uk", ("pl", "uk"))):
        metadata = {"package_version": "1.0", "from_code": pair[0], "to_code": pair[1]}
        for name, content in (files | {"metadata.json": json.dumps(metadata).encode()}).items():
            if pair[1] == "pl" and name.startswith("model/"):
                continue
            path = folder / top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    save_copying_model(vocabulary, folder / "copying-en_pl" / "model")


def save_copying_model(vocabulary: list[str], folder: Path) -> None:
    """Write a model that says the pieces of its source one by one: step n attends to position n and copies its piece.

    A vector is the code of a piece, the code of a position, and room for the piece that is read. Codes have as many
    ones as minus ones, so that the layer norms only scale them.
    """
    import numpy
    from ctranslate2.specs import TransformerSpec, common_spec

    chance = numpy.random.default_rng(1)
    half = numpy.repeat(numpy.array([1.0, -1.0]), CODE // 2)
    codes = numpy.stack([chance.permutation(half) for _ in vocabulary])
    places = numpy.ones((1, 1))
    while len(places) < PLACES:
        places = numpy.block([[places, places], [places, -places]])  # Hadamard: rows at right angles
    places = places[1:]
    encodings = numpy.pad(places, ((0, 0), (CODE, CODE)))
    embedding = numpy.pad(codes, ((0, 0), (0, PLACES + CODE))) / WIDTH**0.5  # CTranslate2 multiplies by that
    square = numpy.zeros((WIDTH, WIDTH))
    look, read, say = square.copy(), square.copy(), square.copy()
    look[CODE : CODE + PLACES, CODE : CODE + PLACES] = numpy.eye(PLACES)
    read[:CODE, :CODE] = numpy.eye(CODE)
    say[CODE + PLACES :, :CODE] = 20 * numpy.eye(CODE)  # louder than the piece said before

    def linear(layer: Any, *parts: Any) -> None:
        layer.weight = numpy.concatenate(parts).astype("float32")
        layer.bias = numpy.zeros(len(layer.weight), "float32")

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = numpy.ones(WIDTH, "float32"), numpy.zeros(WIDTH, "float32")

    spec = TransformerSpec.from_config((1, 1), 1, pre_norm=True, activation=common_spec.Activation.RELU)
    for side in (spec.encoder, spec.decoder):
        (layer,) = side.layer
        norm(side.layer_norm)
        side.position_encodings.encodings = encodings.astype("float32")
        linear(layer.self_attention.linear[0], square, square, square)
        linear(layer.self_attention.linear[1], square)
        linear(layer.ffn.linear_0, square[:8])
        linear(layer.ffn.linear_1, square[:, :8])
        for one in (layer.self_attention.layer_norm, layer.ffn.layer_norm):
            norm(one)
    (layer,) = spec.decoder.layer
    norm(layer.attention.layer_norm)
    linear(layer.attention.linear[0], 10 * look)
    linear(layer.attention.linear[1], look, read)
    linear(layer.attention.linear[2], say)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = embedding.astype("float32")
    linear(spec.decoder.projection, numpy.pad(codes, ((0, 0), (CODE + PLACES, 0))) / 10)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos, spec.config.add_source_bos = True, False
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))
