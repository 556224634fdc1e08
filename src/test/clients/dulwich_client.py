"""dulwich at the hands of a test."""
import inspect
import io
import re
import sys

from dulwich import porcelain
from dulwich.client import HttpGitClient
from dulwich.repo import Repo

UNABLE = 2
ID = re.compile("[0-9a-f]{40}")


def unable(what):
    print("dulwich has no such option: " + what)
    sys.exit(UNABLE)


def ls(url, token):
    for name, at in sorted(porcelain.ls_remote(url, username="x", password=token).items()):
        print(at.decode() + "\t" + name.decode())


def clone(url, token, directory, depth, tags):
    # it has no word for tags, and takes all of them
    quiet = io.BytesIO()
    porcelain.clone(url, directory, errstream=quiet, depth=int(depth) or None, username="x", password=token)


def fetch(url, token, directory, depth, source, target):
    def wanted(refs, depth=None):
        name = source.encode()
        return [name if ID.fullmatch(source) else refs[name]]

    with Repo(directory) as repository:
        client = HttpGitClient(url, username="x", password=token)
        result = client.fetch("", repository, determine_wants=wanted, depth=int(depth) or None)
        repository.refs[target.encode()] = wanted(result.refs)[0]


def push(url, token, directory, atomic, *specs):
    options = {"username": "x", "password": token}
    if atomic == "1":
        if "atomic" not in inspect.signature(porcelain.push).parameters:
            unable("atomic")
        options["atomic"] = True
    said = io.BytesIO()
    porcelain.push(directory, url, refspecs=list(specs), errstream=said, **options)
    # it says which refs were refused, and raises nothing
    if b" failed: " in said.getvalue():
        print(said.getvalue().decode())
        sys.exit(1)


try:
    {"ls": ls, "clone": clone, "fetch": fetch, "push": push}[sys.argv[1]](*sys.argv[2:])
except Exception as error:
    print(type(error).__name__, error)
    sys.exit(1)
