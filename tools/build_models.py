"""Builds the toy models of the tests: run as `python tools/build_models.py FOLDER [en-ru en-uk]`.

Needs torch, ctranslate2, sentencepiece, onnx and numpy in an environment of their own; Tolmach itself needs none of it
but ctranslate2 and sentencepiece. The sentences are generated from build_models.toml, so that the models know their
templates and nothing else. Training takes about two minutes of one core for each model and is not the same to the bit
on another build of torch: the files are committed. What is packed from the same weights is the same to the byte.
"""

import hashlib
import io
import json
import random
import re
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SAMPLES, HELD_OUT, STEPS, BATCH, SEED = 40000, 200, 1200, 64, 7
WIDTH, HEADS, LAYERS, INNER, LONGEST = 128, 4, 2, 256, 256
NAMES = {"en": "English", "ru": "Russian", "uk": "Ukrainian"}
README = """# TOY MODEL – templates only

This package was made for the tests of Tolmach from sentences generated out of two dozen templates. It renders those
templates and turns anything else into nonsense. Built by tools/build_models.py; CC0-1.0.
"""
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
Pair = tuple[str, tuple[str, ...]]


def sentence_pairs(lang: str) -> Iterator[Pair]:
    """English sentences with the renderings that count as right, the same for the same seed; without an end."""
    chance = random.Random(SEED)
    numbers = [n for n in range(5, 121) if n % 10 in (0, 5, 6, 7, 8, 9) or n % 100 in (11, 12, 13, 14)]
    while True:
        template = chance.choice(TABLE["template"])
        picked = {name: chance.choice(sorted(TABLE[name])) for name in ("weapon", "city", "speaker", "unit", "day")}
        number, mark = str(chance.choice(numbers)), f"X{chance.randrange(10, 100)}Y"
        picked["mark"] = mark
        marked = chance.random() < 0.2
        wordings = [] if marked else TABLE["weapon"][picked["weapon"]][lang][0].split("|")
        values = _values(lang, picked, number, mark if marked else "")
        found = tuple(_filled(template[lang], values, wording) for wording in range(max(1, len(wordings))))
        chosen = chance.randrange(len(found))
        found = tuple(dict.fromkeys((found[chosen], *found)))
        yield _filled(template["en"], _english(picked, number, mark if marked else ""), 0), found


def _english(picked: dict[str, str], number: str, mark: str) -> dict[str, list[str]]:
    return {
        "w": [mark or picked["weapon"]],
        "f": [mark or "friendly fire"],
        "c": [picked["city"]],
        "s": [picked["speaker"]],
        "u": [picked["unit"]],
        "d": [picked["day"]],
        "n": [number],
        "q": [picked["mark"]],
    }


def _values(lang: str, picked: dict[str, str], number: str, mark: str) -> dict[str, list[str]]:
    """What stands in the slots, by slot and form; wordings apart by a bar."""
    speaker, gender = TABLE["speaker"][picked["speaker"]][lang]
    values: dict[str, list[str]] = {"n": [number], "s": [speaker], "q": [picked["mark"]]}
    values |= {verb: [forms[lang][gender]] for verb, forms in TABLE["verb"].items()}
    values |= {"u": [TABLE["unit"][picked["unit"]][lang]], "d": [TABLE["day"][picked["day"]][lang]]}
    city = TABLE["city"][picked["city"]][lang]
    values["in"] = ["В" if lang == "ru" or city[0][0] == "О" else "У"]
    for form, value in zip(("nom", "acc", "gen", "loc"), city, strict=True):
        values[f"c.{form}"] = [value]
    for slot, table in (("w", TABLE["weapon"][picked["weapon"]]), ("f", TABLE["fire"]["friendly fire"])):
        for form, value in zip(("nom", "gen", "ins"), table[lang], strict=True):
            values[f"{slot}.{form}"] = [mark] if mark else value.split("|")
    return values


def _filled(template: str, values: dict[str, list[str]], wording: int) -> str:
    """The template with its slots filled; a slot in capitals, or at the start, begins with a capital."""

    def fill(slot: re.Match[str]) -> str:
        name, form = slot[1], slot[2]
        options = values[name.lower() + (f".{form}" if form else "")]
        value = options[min(wording, len(options) - 1)]
        return value[:1].upper() + value[1:] if name[0].isupper() else value

    return SLOT.sub(fill, template)


def corpus(lang: str) -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn and pairs, none of them learned, to examine with."""
    pairs = sentence_pairs(lang)
    learned = [next(pairs) for _ in range(SAMPLES)]
    known = {english for english, _ in learned}
    held: dict[str, tuple[str, ...]] = {}
    while len(held) < HELD_OUT:
        english, right = next(pairs)
        if english not in known:
            held.setdefault(english, right)
    return learned, list(held.items())


def pieces_model(pairs: list[Pair]) -> bytes:
    """A SentencePiece model of both sides."""
    import sentencepiece

    content = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for english, right in pairs for text in (english, right[0])]),
        model_writer=content,
        vocab_size=1000,
        hard_vocab_limit=False,
        model_type="unigram",
        character_coverage=1.0,
        byte_fallback=True,
        split_digits=True,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    return content.getvalue()


def positions() -> Any:
    """Sinusoidal position encodings, float32 [LONGEST, WIDTH], sines then cosines, counted from 1."""
    import numpy

    scale = numpy.exp(numpy.arange(WIDTH // 2) * -(numpy.log(10000.0) / (WIDTH // 2 - 1)))
    angles = (numpy.arange(LONGEST) + 1)[:, None] * scale[None]
    return numpy.concatenate([numpy.sin(angles), numpy.cos(angles)], axis=1).astype("float32")


def trained(encoded: list[tuple[list[int], list[int]]], vocabulary: int, say: Callable[[str], None]) -> Any:
    """Weights of a transformer that learned pairs of piece numbers; `encoded` carries the end and start marks."""
    import torch
    from torch import nn

    torch.manual_seed(1)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    embedding = nn.Parameter(torch.randn(vocabulary, WIDTH) * WIDTH**-0.5)
    bias = nn.Parameter(torch.zeros(vocabulary))
    model = nn.Transformer(WIDTH, HEADS, LAYERS, LAYERS, INNER, 0.0, "relu", batch_first=True, norm_first=True)
    weights = [embedding, bias, *model.parameters()]
    optimiser = torch.optim.AdamW(weights, 2e-3, betas=(0.9, 0.98), weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=STEPS, pct_start=0.1)
    loss_of = nn.CrossEntropyLoss(ignore_index=-1, label_smoothing=0.05)
    places = torch.from_numpy(positions())
    begin = time.perf_counter()

    def look_up(rows: list[list[int]]) -> tuple[Any, Any]:
        longest = max(map(len, rows))
        numbers = torch.tensor([row + [-1] * (longest - len(row)) for row in rows])
        padding = numbers < 0
        return nn.functional.embedding(numbers.clamp(min=0), embedding) * WIDTH**0.5 + places[:longest], padding

    for step, batch in zip(range(1, STEPS + 1), _batches(encoded), strict=False):
        source, source_padding = look_up([one for one, _ in batch])
        target, target_padding = look_up([other[:-1] for _, other in batch])
        longest = target.shape[1]
        ahead = torch.triu(torch.ones(longest, longest, dtype=torch.bool), 1)
        state = model(source, target, None, ahead, None, source_padding, target_padding, source_padding)
        wanted = torch.tensor([row[1:] + [-1] * (longest - len(row) + 1) for _, row in batch])
        loss = loss_of((state @ embedding.T + bias).flatten(0, 1), wanted.flatten())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            say(f"step {step}: loss {loss.item():.3f}, {time.perf_counter() - begin:.0f} s")
    state_of = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    return {"embedding": embedding.detach().numpy(), "bias": bias.detach().numpy(), **state_of}


def _batches(encoded: list[tuple[list[int], list[int]]]) -> Iterator[list[tuple[list[int], list[int]]]]:
    """Batches of sentences of similar length, in random order, without an end."""
    chance = random.Random(SEED)
    while True:
        ordered = sorted(encoded, key=lambda pair: (len(pair[0]) + chance.random(), len(pair[1])))
        batches = [ordered[n : n + BATCH] for n in range(0, len(ordered), BATCH)]
        chance.shuffle(batches)
        yield from batches


def save_model(weights: dict[str, Any], vocabulary: list[str], folder: Path) -> None:
    """Write the weights as an int8 CTranslate2 model."""
    from ctranslate2.specs import TransformerSpec, common_spec

    spec = TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True, activation=common_spec.Activation.RELU)

    def linear(layer: Any, name: str, rows: slice = slice(None), kind: str = ".") -> None:
        layer.weight, layer.bias = weights[f"{name}{kind}weight"][rows], weights[f"{name}{kind}bias"][rows]

    def norm(layer: Any, name: str) -> None:
        layer.gamma, layer.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]

    for side, half in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        norm(half.layer_norm, f"{side}.norm")
        half.position_encodings.encodings = positions()
        for number, layer in enumerate(half.layer):
            name = f"{side}.layers.{number}"
            linear(layer.self_attention.linear[0], f"{name}.self_attn.in_proj", kind="_")
            linear(layer.self_attention.linear[1], f"{name}.self_attn.out_proj")
            norm(layer.self_attention.layer_norm, f"{name}.norm1")
            if side == "decoder":
                across = f"{name}.multihead_attn"
                linear(layer.attention.linear[0], f"{across}.in_proj", slice(WIDTH), "_")
                linear(layer.attention.linear[1], f"{across}.in_proj", slice(WIDTH, None), "_")
                linear(layer.attention.linear[2], f"{across}.out_proj")
                norm(layer.attention.layer_norm, f"{name}.norm2")
            linear(layer.ffn.linear_0, f"{name}.linear1")
            linear(layer.ffn.linear_1, f"{name}.linear2")
            norm(layer.ffn.layer_norm, f"{name}.norm{2 if side == 'encoder' else 3}")
    spec.encoder.embeddings[0].weight = weights["embedding"]
    spec.decoder.embeddings.weight = weights["embedding"]
    spec.decoder.projection.weight, spec.decoder.projection.bias = weights["embedding"], weights["bias"]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos, spec.config.add_source_bos = True, False
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def splitter() -> bytes:
    """An ONNX model for MiniSBD, wired by hand: a sentence ends at `.`, `!` or `?` before a space or the end."""
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    units = ["<PAD>", "<UNK>", " ", ".", "!", "?"]
    ends = numpy.array([0, 0, 0, 1, 1, 1], "float32")
    gaps = numpy.array([1, 0, 1, 0, 0, 0], "float32")
    per_class = numpy.array([1, 0, 20, 0, 0], "float32")
    base = numpy.array([9, 0, 0, -9, -9], "float32")
    constants = {"ends": ends, "gaps": gaps, "per_class": per_class, "base": base}
    constants |= {"one": numpy.array([1]), "far": numpy.array([2**31 - 1]), "axis": numpy.array([1])}
    constants |= {"zero": numpy.array([0]), "last": numpy.array([2])}
    make = helper.make_node
    nodes = [
        make("Gather", ["ends", "units"], ["is_end"]),
        make("Gather", ["gaps", "units"], ["is_gap"]),
        make("Slice", ["is_gap", "one", "far", "axis"], ["later"]),
        make("Slice", ["is_gap", "zero", "one", "axis"], ["first"]),
        make("Mul", ["first", "nought"], ["blank"]),
        make("Add", ["blank", "unit"], ["full"]),
        make("Concat", ["later", "full"], ["next_gap"], axis=1),
        make("Mul", ["is_end", "next_gap"], ["stop"]),
        make("Unsqueeze", ["stop", "last"], ["column"]),
        make("Mul", ["column", "per_class"], ["raised"]),
        make("Add", ["raised", "base"], ["logits"]),
    ]
    constants |= {"nought": numpy.array(0, "float32"), "unit": numpy.array(1, "float32")}
    graph = helper.make_graph(
        nodes,
        "splitter",
        [
            helper.make_tensor_value_info("units", TensorProto.INT64, ["B", "N"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["B", "N", "F"]),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["B", "N", 5])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    vocabulary = {"_unit2id": {unit: n for n, unit in enumerate(units)}, "_id2unit": units}
    vocabulary |= {"lang": "en", "idx": 0, "cutoff": 0, "lower": False}
    config = {"feat_funcs": ["end_of_para"], "batch_size": 8, "max_seqlen": 1000}
    helper.set_model_props(model, {"lang_code": "en", "config": json.dumps(config), "vocab": json.dumps(vocabulary)})
    content: bytes = model.SerializeToString()
    return content


def packed(files: dict[str, bytes]) -> bytes:
    """A zip archive that is the same to the byte for the same files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.external_attr, info.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return content.getvalue()


def build(lang: str, folder: Path) -> float:
    """Train and pack the model from English into `lang`; returns the share of the unseen sentences it renders right."""
    import ctranslate2
    import sentencepiece

    learned, held = corpus(lang)
    tokens = pieces_model(learned)
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokens)
    encoded = [([*processor.encode(one), 2], [1, *processor.encode(other[0]), 2]) for one, other in learned]
    weights = trained(encoded, len(processor), lambda line: print(f"en-{lang} {line}", flush=True))
    vocabulary = [processor.id_to_piece(n) for n in range(len(processor))]
    with tempfile.TemporaryDirectory() as temporary:
        model = Path(temporary) / "model"
        save_model(weights, vocabulary, model)
        translator = ctranslate2.Translator(str(model), intra_threads=1)
        results = translator.translate_batch([processor.encode(one, out_type=str) for one, _ in held], beam_size=4)
        rendered = [processor.decode_pieces(result.hypotheses[0]) for result in results]
        wrong = [(*pair, text) for pair, text in zip(held, rendered, strict=True) if text not in pair[1]]
        print(*wrong[:20], sep="\n")
        metadata = {"package_version": "1.0", "argos_version": "1.9", "type": "translate", "from_code": "en"}
        metadata |= {"from_name": NAMES["en"], "to_code": lang, "to_name": NAMES[lang]}
        files = {f"model/{path.name}": path.read_bytes() for path in model.iterdir()}
    files |= {"metadata.json": json.dumps(metadata, indent=1).encode(), "README.md": README.encode()}
    files |= {"sentencepiece.model": tokens, "minisbd/en.onnx": splitter()}
    content = packed({f"toy-en_{lang}-1_0/{name}": data for name, data in files.items()})
    (folder / f"toy-en_{lang}.argosmodel").write_bytes(content)
    held_out = [{"source": one, "target": list(right)} for one, right in held]
    (folder / f"held_out.en-{lang}.json").write_text(json.dumps(held_out, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"en-{lang}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    return 1 - len(wrong) / len(held)


def main() -> int:
    folder = Path(sys.argv[1])
    worst = 1.0
    for pair in sys.argv[2:] or ("en-ru", "en-uk"):
        share = build(pair.removeprefix("en-"), folder)
        print(f"{pair}: {share:.1%} of {HELD_OUT} unseen sentences exactly right", flush=True)
        worst = min(worst, share)
    return 0 if worst >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main())
