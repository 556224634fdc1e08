"""pygit2, which is libgit2, at the hands of a test."""
import inspect
import sys
import tempfile

import pygit2

UNABLE = 2


def unable(what):
    print("pygit2 has no such option: " + what)
    sys.exit(UNABLE)


class Callbacks(pygit2.RemoteCallbacks):
    def __init__(self, token):
        super().__init__(credentials=pygit2.UserPass("x", token))
        self.refused = []

    def push_update_reference(self, refname, message):
        if message is not None:
            self.refused.append(refname + ": " + message)


def shallow(function, depth):
    if depth == "0":
        return {}
    if "depth" not in inspect.signature(function).parameters:
        unable("depth")
    return {"depth": int(depth)}


def ls(url, token):
    with tempfile.TemporaryDirectory() as directory:
        remote = pygit2.init_repository(directory, bare=True).remotes.create("origin", url)
        for ref in remote.ls_remotes(callbacks=Callbacks(token)):
            print(str(ref["oid"]) + "\t" + ref["name"])


def clone(url, token, directory, depth, tags):
    # tags come with the commits that they name
    options = shallow(pygit2.clone_repository, depth)
    pygit2.clone_repository(url, directory, callbacks=Callbacks(token), **options)


def fetch(url, token, directory, depth, source, target):
    remote = pygit2.Repository(directory).remotes["origin"]
    options = shallow(pygit2.Remote.fetch, depth)
    remote.fetch(["+" + source + ":" + target], callbacks=Callbacks(token), **options)


def push(url, token, directory, atomic, *specs):
    if atomic == "1" and "atomic" not in inspect.signature(pygit2.Remote.push).parameters:
        unable("atomic")
    callbacks = Callbacks(token)
    options = {"atomic": True} if atomic == "1" else {}
    pygit2.Repository(directory).remotes["origin"].push(list(specs), callbacks=callbacks, **options)
    if callbacks.refused:
        print("\n".join(callbacks.refused))
        sys.exit(1)


try:
    {"ls": ls, "clone": clone, "fetch": fetch, "push": push}[sys.argv[1]](*sys.argv[2:])
except Exception as error:
    print(type(error).__name__, error)
    sys.exit(1)
