"""Makes the tables of src/ that come from pinned packages. Run it with --check to see whether they are up to date.

It reads the packages' data files alone, so they are unpacked without what they depend on.
"""

import gzip
import json
import pathlib
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REQUIREMENTS = HERE / "requirements.txt"
PACKAGES = ROOT / ".venv" / "service-model"
REGENERATE = "npx projen service-model"


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


def literal(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        return "'" + json.dumps(value, ensure_ascii=True)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
    if isinstance(value, list):
        return "[" + ", ".join(literal(element) for element in value) + "]"
    return "{ " + ", ".join(f"{key(name)}: {literal(member)}" for name, member in value.items()) + " }" if value else "{}"


def key(name: str) -> str:
    return name if name.isidentifier() else literal(name)


def table(name: str, type_: str, rows: dict, doc: str) -> str:
    lines = [f"  {key(row)}: {literal(value)}," for row, value in rows.items()]
    return "\n".join([f"/** {doc} */", f"export const {name}: {type_} = {{", *lines, "};", ""])


def module(source: str, *parts: str) -> str:
    header = f"// Generated from {source}: do not edit. To make it anew, run '{REGENERATE}'.\n/* eslint-disable @stylistic/max-len, @stylistic/quote-props */\n"
    return header + "\n".join(parts)


# --- the constraints


# The reference calls them read-only: the service answers with them, and refuses them in a request.
READ_ONLY = {"ProcessingClusterConfig": {"SelectedInstanceType", "SelectedInstanceCount"}}
REQUESTS = ["CreateProcessingJobRequest", "CreateAutoMLJobRequest"]


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
                if member not in READ_ONLY.get(name, ())
            }
        elif source["type"] == "list":
            shape["member"] = source["member"]["shape"]
        elif source["type"] == "map":
            shape["key"] = source["key"]["shape"]
            shape["value"] = source["value"]["shape"]
        shape.update({name: source[name] for name in ("required", "min", "max", "pattern", "enum") if name in source})
        for target in [*shape.get("members", {}).values(), *(shape[part] for part in ("member", "key", "value") if part in shape)]:
            visit(target)

    for request in REQUESTS:
        visit(request)
    return dict(sorted(shapes.items()))


def shapes_module(model: dict) -> str:
    doc = "The shapes of the requests of CreateProcessingJob and CreateAutoMLJob, by name."
    shapes = table("SHAPES", "{ readonly [name: string]: Shape }", reachable_shapes(model), doc)
    return module(version_of("botocore"), "import { Shape } from './shape';\n", shapes)


# --- the instance types


def constant(name: str) -> str:
    return name.removeprefix("ml.").upper().replace(".", "_").replace("-", "_")


def enum_like(class_: str, doc: str, property_: str, property_doc: str, of_doc: str, values: dict) -> str:
    """A class with a constant for each value that is known, and `of` for those that are not."""
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
}}
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
        ),
    )


def instance_storage_module(model: dict, ec2: dict) -> str:
    storage = {
        name: ec2[name.removeprefix("ml.")]["InstanceStorageInfo"]["TotalSizeInGB"]
        for name in model["ProcessingInstanceType"]["enum"]
        if ec2.get(name.removeprefix("ml."), {}).get("InstanceStorageInfo")
    }
    doc = "The local storage of the instance types that have it, in GB: EC2's, of the type of the same name."
    return module(version_of("moto"), table("LOCAL_STORAGE_GB", "{ readonly [instanceType: string]: number }", storage, doc))


def instance_regions_module() -> str:
    """One row for all types that are offered in the same Regions."""
    by_region = read_json(HERE / "data" / "instance-types-by-region.json")
    regions: dict = {}
    for region, types in by_region.items():
        for name in types:
            regions.setdefault(name, []).append(region)
    groups: dict = {}
    for name, offered in sorted(regions.items()):
        groups.setdefault(tuple(sorted(offered)), []).append(name)
    rows = [f"  {{ types: {literal(types)}, regions: {literal(list(offered))} }}," for offered, types in sorted(groups.items(), key=lambda group: group[1])]
    doc = "Where instance types are offered. Of types and Regions that are not here, nothing is known."
    lines = [f"/** {doc} */", "export const INSTANCE_TYPE_REGIONS: readonly { readonly types: readonly string[]; readonly regions: readonly string[] }[] = [", *rows, "];", ""]
    return module("tools/service-model/data/instance-types-by-region.json", "\n".join(lines))


# --- the images


def tag_of(framework: str, version: str, processor: str, entry: dict) -> str:
    """The tag as the SageMaker SDK composes it."""
    if framework == "scikitLearn" or (framework == "xgboost" and "processors" in entry):
        return f"{version}-{processor}-py3"
    if framework == "spark":
        return f"{version}-{processor}"
    if framework in ("pytorch", "tensorflow"):
        return f"{version}-{processor}-{entry['py_versions'][0]}"
    return version  # XGBoost from 1.2 on, Clarify, Data Wrangler, and Model Monitor, which has no tag


def scope_of(config: dict, scope: str) -> dict:
    return config.get(scope, config)


def image_versions(config_folder: pathlib.Path) -> dict:
    """For each kind of image its versions: repository, tags by processor, and the accounts by Region."""
    sources = {
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
        images[framework] = {
            version: {
                "repository": entry["repository"],
                "tags": {
                    processor: tag_of(framework, version, processor, entry)
                    for processor in entry.get("processors", config.get("processors", ["cpu", "gpu"]))
                },
                "accounts": entry["registries"],
            }
            for version, entry in config["versions"].items()
            if is_usable(framework, version, entry)
        }
    images["huggingFace"] = hugging_face_versions(scope_of(read_json(config_folder / "huggingface.json"), "training"))
    return images


def is_usable(framework: str, version: str, entry: dict) -> bool:
    if framework in ("pytorch", "tensorflow"):
        # Of older versions, one tag stands for several versions of Python.
        return entry.get("py_versions", []) not in ([], ["py2"]) and len(entry["py_versions"]) == 1
    # The first images of XGBoost have another repository and no script mode.
    return entry.get("repository") != "xgboost"


def hugging_face_versions(config: dict) -> dict:
    """Those on PyTorch, of which there is one for each version of transformers."""
    versions: dict = {}
    for version, entry in config["versions"].items():
        bases = [name for name in entry if name.startswith("pytorch")]
        if len(bases) != 1 or "container_version" not in entry[bases[0]]:
            continue
        base = entry[bases[0]]
        tag = f"{bases[0].removeprefix('pytorch')}-transformers{version}-gpu-{base['py_versions'][0]}-{base['container_version']['gpu']}"
        versions[version] = {"repository": base["repository"], "tags": {"gpu": tag}, "accounts": base["registries"]}
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
    lines = ["/** The images of the service, by kind and version. */", "export const IMAGES: { readonly [kind: string]: { readonly [version: string]: Image } } = {"]
    for framework, versions in rows.items():
        lines += [f"  {framework}: {{", *(f"    {literal(version)}: {literal(image)}," for version, image in versions.items()), "  },"]
    doc = "The accounts that hold images, by Region. Versions that share them share the table, named after the first."
    account_table = table("IMAGE_ACCOUNTS", "{ readonly [table: string]: { readonly [region: string]: string } }", accounts, doc)
    return module(version_of("sagemaker-core"), "import { Image } from './image';\n", "\n".join([*lines, "};", ""]), account_table)


VERSION_CLASSES = {
    "scikitLearn": ("SklearnVersion", "scikit-learn"),
    "xgboost": ("XGBoostVersion", "XGBoost"),
    "spark": ("SparkVersion", "Spark"),
    "dataWrangler": ("DataWranglerVersion", "Data Wrangler"),
    "pytorch": ("PyTorchVersion", "PyTorch"),
    "tensorflow": ("TensorFlowVersion", "TensorFlow"),
    "huggingFace": ("HuggingFaceVersion", "Hugging Face transformers"),
}


def version_constant(version: str) -> str:
    return "V" + version.removesuffix(".x").upper().replace(".", "_").replace("-", "_")


def image_versions_module(images: dict) -> str:
    classes = []
    for framework, (class_, title) in VERSION_CLASSES.items():
        values = {version_constant(version): (version, f"`{version}`") for version in images[framework]}
        example = list(images[framework])[-1]
        classes.append(
            enum_like(
                class_,
                f"A version of the service's image with {title}.",
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
    images = image_versions(folder / "sagemaker/core/image_uri_config")
    return {
        "src/service-model/shapes.ts": shapes_module(model),
        "src/service-model/images.ts": images_module(images),
        "src/service-model/instance-storage.ts": instance_storage_module(model, ec2),
        "src/service-model/instance-type-regions.ts": instance_regions_module(),
        "src/processing-job/instance-type.ts": instance_type_module(model),
        "src/processing-job/image-versions.ts": image_versions_module(images),
    }


def main(arguments: list) -> int:
    files = generated_files()
    if arguments == ["--check"]:
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
    sys.exit(main(sys.argv[1:]))
