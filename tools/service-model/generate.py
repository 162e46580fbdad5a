"""Makes the tables of src/ that come from pinned packages. Run it with --check to see whether they are up to date.

It reads the packages' data files alone, so they are unpacked without what they depend on.
"""

import argparse
import gzip
import json
import pathlib
import re
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REQUIREMENTS = HERE / "requirements.txt"
PACKAGES = ROOT / ".venv" / "service-model"
REGENERATE = "npx projen service-model"
LINE_LENGTH = 150


# --- the packages


def packages() -> pathlib.Path:
    """The folder with the pinned packages, downloaded on first use."""
    stamp = PACKAGES / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        venv.create(PACKAGES, clear=True, with_pip=True)
        pip = [str(PACKAGES / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "--target", str(PACKAGES / "packages"), "-r", str(REQUIREMENTS)], check=True)
        stamp.write_text(REQUIREMENTS.read_text())
    return PACKAGES / "packages"


def read_json(path: pathlib.Path):
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return json.load(file)
    return json.loads(path.read_text(encoding="utf-8"))


def version_of(package: str) -> str:
    pins = dict(line.split("==") for line in REQUIREMENTS.read_text().split() if "==" in line)
    return f"{package} {pins[package]}"


# --- TypeScript


def scalar(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + json.dumps(value)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
    return str(value)


def keys(names) -> list:
    """The names of properties. All are quoted when one has to be."""
    return list(names) if all(name.isidentifier() for name in names) else [scalar(name) for name in names]


def literal(value) -> str:
    """Writes a value on one line."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        members = [f"{name}: {literal(member)}" for name, member in zip(keys(value), value.values())]
        return "{ " + ", ".join(members) + " }" if members else "{}"
    return scalar(value)


def block(value, indent: str = "") -> str:
    """Writes a list or a structure on several lines. Fills the lines of a list of simple elements."""
    inner = indent + "  "
    if isinstance(value, dict):
        lines = [fitted(f"{name}: ", member, inner) for name, member in zip(keys(value), value.values())]
        return "{\n" + "\n".join(lines) + f"\n{indent}}}"
    if any(isinstance(element, dict) for element in value):
        return "[\n" + "\n".join(fitted("", element, inner) for element in value) + f"\n{indent}]"
    lines = [inner]
    for element in map(literal, value):
        space = "" if lines[-1] == inner else " "
        if len(lines[-1]) + len(space) + len(element) + 1 > LINE_LENGTH:
            lines.append(inner)
            space = ""
        lines[-1] += f"{space}{element},"
    return "[\n" + "\n".join(lines) + f"\n{indent}]"


def fitted(prefix: str, value, indent: str) -> str:
    """Writes a property or an element, on one line if it fits."""
    line = f"{indent}{prefix}{literal(value)},"
    return line if len(line) <= LINE_LENGTH or isinstance(value, str) else f"{indent}{prefix}{block(value, indent)},"


def table(name: str, type_: str, rows, doc: str) -> str:
    comment = f"/** {doc} */" if "\n" not in doc else "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in doc.split("\n")) + " */"
    return f"{comment}\nexport const {name}: {type_} = {block(rows)};\n"


def module(source: str, *parts: str) -> str:
    header = f"// Generated from {source}: do not edit. To make it anew, run '{REGENERATE}'.\n"
    return header + "\n".join(parts)


# --- the constraints


LEFT_OUT = {
    # The reference calls these members read-only: responses have them, and the service refuses them in a request.
    "ProcessingClusterConfig": {"SelectedInstanceType", "SelectedInstanceCount"},
    # The handler takes the containers of a model from the job's best candidate.
    "CreateModelInput": {"Containers", "InferenceExecutionConfig", "PrimaryContainer"},
}
# The kinds of job say which request creates them.
REQUESTS = [
    request
    for kind in sorted((ROOT / "src" / "handler" / "kinds").glob("*.ts"))
    for request in re.findall(r"^  requestShape: '(\w+)',$", kind.read_text(), re.MULTILINE)
]


def reachable_shapes(model: dict) -> dict:
    shapes: dict = {}

    def visit(name: str) -> None:
        if name in shapes:
            return
        source = model[name]
        shape = shapes[name] = {"type": source["type"]}
        if source["type"] == "structure":
            shape["members"] = {
                member: target["shape"]
                for member, target in source["members"].items()
                if member not in LEFT_OUT.get(name, ())
            }
        elif source["type"] == "list":
            shape["member"] = source["member"]["shape"]
        elif source["type"] == "map":
            shape["key"] = source["key"]["shape"]
            shape["value"] = source["value"]["shape"]
        shape.update({name: source[name] for name in ("required", "min", "max", "pattern", "enum") if name in source})
        if "pattern" in shape:
            # JavaScript refuses escapes of characters that need none.
            shape["pattern"] = shape["pattern"].replace("\\_", "_")
        for target in [*shape.get("members", {}).values(), *(shape[part] for part in ("member", "key", "value") if part in shape)]:
            visit(target)

    for request in REQUESTS:
        visit(request)
    return dict(sorted(shapes.items()))


def shapes_module(model: dict) -> str:
    doc = "The shapes of the requests that create jobs of all kinds, by name."
    shapes = table("SHAPES", "{ readonly [name: string]: Shape }", reachable_shapes(model), doc)
    return module(version_of("botocore"), "import { Shape } from './shape';\n", shapes)


# --- the types of the requests


def requests_module(model: dict) -> str:
    """An interface for each structure. The handler needs none, and what is interfaces alone is in no bundle."""
    shapes = reachable_shapes(model)
    scalars = {"string": "string", "boolean": "boolean"}

    def type_of(name: str) -> str:
        shape = shapes[name]
        if shape["type"] == "structure":
            return interface_name(name)
        if shape["type"] == "list":
            return f"readonly {type_of(shape['member'])}[]"
        if shape["type"] == "map":
            return f"{{ readonly [name: string]: {type_of(shape['value'])} }}"
        return scalars.get(shape["type"], "number")

    def interface(name: str) -> str:
        members = "\n".join(f"  readonly {member}?: {type_of(shape)};" for member, shape in shapes[name]["members"].items())
        return f"export interface {interface_name(name)} {{\n{members}\n}}\n"

    doc = """// The structures of the requests that create jobs of all kinds. All members are optional: what a user has
// left out is found by the checks of the request that was rendered. A value may be a token, and a string one that is newer than its enum.
"""
    return module(version_of("botocore"), doc, *(interface(name) for name, shape in shapes.items() if shape["type"] == "structure"))


def interface_name(shape: str) -> str:
    """Many structures have the names of classes of the library."""
    return shape if shape in REQUESTS else f"{shape}Request"


# --- the instance types


def constant(name: str) -> str:
    return name.removeprefix("ml.").upper().replace(".", "_").replace("-", "_")


def enum_like(class_: str, doc: str, property_: str, property_doc: str, of_doc: str, values: dict, methods: str = "") -> str:
    """Writes a class with a constant for each known value, and `of` for other values."""
    lines = [f"/**\n * {doc}\n */\nexport class {class_} {{"]
    for name, (value, value_doc) in values.items():
        lines.append(f"  /** {value_doc} */\n  public static readonly {name} = {class_}.of({literal(value)});\n")
    lines.append(
        f"""  /**
   * {of_doc}
   *
   * @param {property_} - {property_doc}
   */
  public static of({property_}: string): {class_} {{
    return new {class_}({property_});
  }}

  private constructor(
    /** {property_doc[0].upper()}{property_doc[1:]}. */
    public readonly {property_}: string,
  ) {{
  }}
{methods}}}
"""
    )
    return "\n".join(lines)


def instance_type_module(model: dict) -> str:
    values = {constant(name): (name, f"`{name}`") for name in model["ProcessingInstanceType"]["enum"]}
    return module(
        version_of("botocore"),
        enum_like(
            "ProcessingInstanceType",
            "A type of instance that processing jobs run on.\n *\n"
            " * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html",
            "name",
            "the name of the type, such as `ml.m5.xlarge`",
            "A type that is newer than this version of the library.",
            values,
            "\n  /** The name of the type. */\n  public toString(): string {\n    return this.name;\n  }\n",
        ),
    )


def instance_storage_module(model: dict, ec2: dict) -> str:
    """The service's instance types are EC2's with a prefix. No package says what storage the service finds in them."""
    storage: dict = {}
    unknown: dict = {}
    for name in model["ProcessingInstanceType"]["enum"]:
        described = ec2.get(name.removeprefix("ml."))
        if described is None:
            unknown[name.rpartition(".")[0]] = True
        elif "InstanceStorageInfo" in described:
            storage[name] = described["InstanceStorageInfo"]["TotalSizeInGB"]
    doc = (
        "The local storage of the instance types that have it, in GB: EC2's, of the type of the same name.\n\n"
        f"Not covered: the types that EC2 no longer describes ({', '.join(unknown)}), and those that are newer than this table."
    )
    return module(version_of("moto"), table("LOCAL_STORAGE_GB", "{ readonly [instanceType: string]: number }", storage, doc))


def instance_regions_module(model: dict, prices: dict, offerings: dict) -> str:
    """Where the types are, one row for all that are in the same Regions.

    The price list, from which the package takes them, leaves out single sizes: it knew ml.m6i.xlarge in one Region when it
    knew the rest of the family in thirty. So a type counts as
    offered wherever its family has a price, or EC2 offers it, and only Regions are listed that both sources know. It also
    leaves out families in most Regions: it knew r6i in two, EC2 in 27. Where the sources differ so much, nothing is known.
    """
    known = set(model["ProcessingInstanceType"]["enum"])
    priced: dict = {}
    families: dict = {}
    for region, schema in prices.items():
        for name in schema["enum"] if "enum" in schema else ():
            priced.setdefault(name, None)
            families.setdefault(name.rpartition(".")[0], set()).update({region} & offerings.keys())
    in_ec2: dict = {}
    for region in offerings.keys() & prices.keys():
        for name in offerings[region]:
            in_ec2.setdefault(f"ml.{name.partition('.')[0]}", set()).add(region)
    agreed = {family for family, regions in families.items() if len(in_ec2.get(family, ())) <= 2 * len(regions)}
    for family, regions in families.items():
        regions.update(in_ec2.get(family, ()))
    groups: dict = {}
    for name in sorted(name for name in priced.keys() & known if name.rpartition(".")[0] in agreed):
        groups.setdefault(tuple(sorted(families[name.rpartition(".")[0]])), []).append(name)
    rows = [{"types": types, "regions": regions} for regions, types in groups.items()]
    doc = (
        "Where instance types are offered, by the price list, or EC2's of the same family, in the Regions that both know.\n\n"
        "Of types and Regions that are not here, nothing is known."
    )
    type_ = "readonly { readonly types: readonly string[]; readonly regions: readonly string[] }[]"
    return module(f"{version_of('cfn-lint')} and {version_of('moto')}", table("INSTANCE_TYPE_REGIONS", type_, rows, doc))


# --- the images


def tag_of(framework: str, version: str, processor: str, entry: dict) -> str:
    """The tag as the SageMaker SDK composes it."""
    if framework == "scikitLearn" or (framework == "xgboost" and "processors" in entry):
        return f"{version}-{processor}-py3"
    if framework == "spark":
        return f"{version}-{processor}"
    if framework in ("pytorch", "tensorflow"):
        return f"{version}-{processor}-{entry['py_versions'][-1]}"
    return version  # XGBoost from 1.2 on, Clarify, Data Wrangler, and Model Monitor, which has no tag


def image_versions(config_folder: pathlib.Path) -> dict:
    """For each framework its versions: repository, tags by processor, and accounts by Region."""
    sources = {
        # The SDK's processors run the training images, since there are none for processing alone. So this includes scikit-learn
        # 1.4-2, which exists for training only; 1.4-2-py312, with a later Python, exists for inference as well.
        "scikitLearn": ("sklearn", "training"),
        "xgboost": ("xgboost", "training"),
        "spark": ("spark", "processing"),
        "clarify": ("clarify", "processing"),
        "modelMonitor": ("model-monitor", "monitoring"),
        "dataWrangler": ("data-wrangler", "processing"),
        "pytorch": ("pytorch", "training"),
        "tensorflow": ("tensorflow", "training"),
    }
    images: dict = {}
    for framework, (file, scope) in sources.items():
        config = scope_of(read_json(config_folder / f"{file}.json"), scope)
        images[framework] = {}
        for version, entry in config["versions"].items():
            image = python3_image(entry)
            # The first image of XGBoost is an algorithm and cannot run scripts.
            if image is None or image["repository"] == "xgboost":
                continue
            processors = image.get("processors", config.get("processors", ["cpu", "gpu"]))
            images[framework][version] = {
                "repository": image["repository"],
                "tags": {processor: tag_of(framework, version, processor, image) for processor in processors},
                "accounts": image["registries"],
            }
    images["huggingFace"] = hugging_face_versions(scope_of(read_json(config_folder / "huggingface.json"), "training"))
    return images


def scope_of(config: dict, scope: str) -> dict:
    return config.get(scope, config)


def python3_image(entry: dict):
    """The images of a version with Python 3, the latest Python last. Images with Python 2 are left out."""
    if "registries" not in entry:
        # Each version of Python has its own repository and accounts.
        python = max(entry)
        entry = {**entry[python], "py_versions": [python]}
    if "py_versions" not in entry:
        return entry
    pythons = [python for python in entry["py_versions"] if python.startswith("py3")]
    return {**entry, "py_versions": pythons} if pythons else None


def hugging_face_versions(config: dict) -> dict:
    """The images on PyTorch, each on the latest PyTorch. The SDK does not know the whole tag of the first image."""
    versions: dict = {}
    for version, entry in config["versions"].items():
        pytorch = [name for name in entry if name.startswith("pytorch") and "container_version" in entry[name]]
        if not pytorch:
            continue
        image = entry[pytorch[-1]]
        tag = f"{pytorch[-1].removeprefix('pytorch')}-transformers{version}-gpu-{image['py_versions'][-1]}-{image['container_version']['gpu']}"
        versions[version] = {"repository": image["repository"], "tags": {"gpu": tag}, "accounts": image["registries"]}
    return versions


def images_module(images: dict) -> str:
    names: dict = {}
    accounts: dict = {}
    rows: dict = {}
    for framework, versions in images.items():
        for version, image in versions.items():
            registries = dict(sorted(image["accounts"].items()))
            identity = json.dumps(registries)
            if identity not in names:
                names[identity] = f"{framework}-{version}".rstrip("-")
                accounts[names[identity]] = registries
            rows.setdefault(framework, {})[version] = {**image, "accounts": names[identity]}
    image_type = "{ readonly [kind: string]: { readonly [version: string]: Image } }"
    account_type = "{ readonly [table: string]: { readonly [region: string]: string } }"
    doc = "The accounts that hold images, by Region. Versions that share them share the table, named after the first."
    return module(
        version_of("sagemaker-core"),
        "import { Image } from './image';\n",
        table("IMAGES", image_type, rows, "The images of the service, by kind and version."),
        table("IMAGE_ACCOUNTS", account_type, accounts, doc),
    )


DEVELOPER_GUIDE = "https://docs.aws.amazon.com/sagemaker/latest/dg"
# The class, the content of the image, and the page of the developer guide that describes it.
VERSION_CLASSES = {
    "scikitLearn": ("ScikitLearnVersion", "scikit-learn", "pre-built-docker-containers-scikit-learn-spark"),
    "xgboost": ("XGBoostVersion", "XGBoost", "xgboost"),
    "spark": ("SparkVersion", "Spark", "use-spark-processing-container"),
    "dataWrangler": ("DataWranglerVersion", "Data Wrangler", "data-wrangler"),
    "pytorch": ("PyTorchVersion", "PyTorch", "pre-built-containers-frameworks-deep-learning"),
    "tensorflow": ("TensorFlowVersion", "TensorFlow", "pre-built-containers-frameworks-deep-learning"),
    "huggingFace": ("HuggingFaceVersion", "Hugging Face transformers", "pre-built-containers-frameworks-deep-learning"),
}


def version_constant(version: str) -> str:
    return "V" + version.removesuffix(".x").upper().replace(".", "_").replace("-", "_")


def image_versions_module(images: dict) -> str:
    classes = []
    for framework, (class_, title, page) in VERSION_CLASSES.items():
        values = {version_constant(version): (version, f"`{version}`") for version in images[framework]}
        example = list(images[framework])[-1]
        classes.append(
            enum_like(
                class_,
                f"A version of the service's image with {title}.\n *\n * @see {DEVELOPER_GUIDE}/{page}.html",
                "version",
                f"the version, such as `{example}`",
                "A version that is newer than this version of the library.",
                values,
            )
        )
    return module(version_of("sagemaker-core"), *classes)


# --- the command


def generated_files() -> dict:
    folder = packages()
    model = read_json(folder / "botocore/data/sagemaker/2017-07-24/service-2.json.gz")["shapes"]
    ec2 = read_json(folder / "moto/ec2/resources/instance_types.json.gz")
    prices = read_json(folder / "cfnlint/data/schemas/extensions/aws_sagemaker_processing/instancetype_enum.json")
    regions = folder / "moto/ec2/resources/instance_type_offerings/region"
    offerings = {path.name.removesuffix(".json.gz"): [each["InstanceType"] for each in read_json(path)] for path in regions.glob("*.json.gz")}
    images = image_versions(folder / "sagemaker/core/image_uri_config")
    return {
        "src/service-model/shapes.ts": shapes_module(model),
        "src/service-model/requests.ts": requests_module(model),
        "src/service-model/images.ts": images_module(images),
        "src/service-model/instance-storage.ts": instance_storage_module(model, ec2),
        "src/service-model/instance-type-regions.ts": instance_regions_module(model, prices, offerings),
        "src/processing-job/instance-type.ts": instance_type_module(model),
        "src/processing-job/image-versions.ts": image_versions_module(images),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes the tables of the service model from pinned packages.")
    parser.add_argument("--check", action="store_true", help="fail when they are not up to date, and change nothing")
    is_check = parser.parse_args().check
    files = generated_files()
    if is_check:
        stale = [name for name, text in files.items() if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != text]
        for name in stale:
            print(f"{name} is not what the pinned packages say: run '{REGENERATE}' and commit it.")
        print(f"{len(files) - len(stale)} of {len(files)} generated files are up to date.")
        return 1 if stale else 0
    for name, text in files.items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
