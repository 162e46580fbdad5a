import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from app import synthesize

REPOSITORY = Path(__file__).resolve().parents[2]


class TemplateTest(unittest.TestCase):
    """A job in Python is the same job as in TypeScript."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.directory.cleanup)
        cls.actual = Path(cls.directory.name, "python")
        cls.expected = Path(cls.directory.name, "typescript")
        subprocess.run(
            [REPOSITORY / "node_modules/.bin/ts-node", "--transpile-only", "--project", REPOSITORY / "test/tsconfig.json", "reference-app.ts"],
            env={**os.environ, "CDK_OUTDIR": str(cls.expected)}, check=True)
        synthesize(str(cls.actual))

    def read(self, directory: Path, name: str):
        return json.loads((directory / name).read_text())

    def test_resources_are_the_same(self) -> None:
        actual, expected = (self.read(directory, "Jobs.template.json")["Resources"] for directory in (self.actual, self.expected))
        self.assertEqual(sorted(expected), sorted(actual))
        for logical_id in expected:
            with self.subTest(logical_id):
                self.assertEqual(expected[logical_id], actual[logical_id])

    def test_template_is_the_same_to_the_byte(self) -> None:
        self.assertEqual((self.expected / "Jobs.template.json").read_bytes(), (self.actual / "Jobs.template.json").read_bytes())

    def test_assets_are_the_same(self) -> None:
        actual, expected = (self.read(directory, "Jobs.assets.json") for directory in (self.actual, self.expected))
        self.assertEqual(expected, actual)

    def test_warnings_are_the_same(self) -> None:
        actual, expected = (self.messages(self.read(directory, "manifest.json")) for directory in (self.actual, self.expected))
        self.assertEqual(expected, actual)

    def messages(self, manifest) -> list:
        return [
            (path, entry["data"])
            for path, entries in manifest["artifacts"]["Jobs"].get("metadata", {}).items()
            for entry in entries if entry["type"] in ("aws:cdk:warning", "aws:cdk:error")
        ]


if __name__ == "__main__":
    unittest.main()
