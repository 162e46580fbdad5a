"""Container paths, in a folder of the job's own.

A container sees its data under /opt/ml. Here that text is replaced by a folder of the job, in arguments, in values
of the environment and in Python files among the inputs. That needs neither root nor a container, and works on every
system that has Python; a script that puts the path together from parts is the one thing that it cannot follow.
"""
from pathlib import Path

ROOT = '/opt/ml/'


class ContainerPaths:
    def __init__(self, folder):
        self.folder = Path(folder)

    def local(self, container_path):
        """The local path of a container path. Paths elsewhere in the container are kept inside the folder too."""
        path = (self.folder / container_path.lstrip('/')).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise ValueError(f'{container_path} is outside of the container')
        return path

    def rewrite(self, text):
        return text.replace(ROOT, f'{self.folder}{ROOT}')

    def restore(self, text):
        """Replaces local paths by container paths in the output of the script."""
        return text.replace(str(self.folder), '')

    def rewrite_scripts(self, folder):
        for script in folder.rglob('*.py'):
            code = script.read_bytes()
            script.write_bytes(code.replace(ROOT.encode(), f'{self.folder}{ROOT}'.encode()))
