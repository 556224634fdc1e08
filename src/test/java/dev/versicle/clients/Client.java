package dev.versicle.clients;

/** A client, by the name that the README has for it. */
enum Client {
    GIT_V0("git, protocol 0"),
    GIT_V1("git, protocol 1"),
    GIT_V2("git, protocol 2"),
    GO_GIT("go-git"),
    DULWICH("dulwich"),
    PYGIT2("pygit2"),
    ISOMORPHIC_GIT("isomorphic-git"),
    JGIT("JGit");

    private final String text;

    Client(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Makes it ready, which may take a while. */
    GitClient made() {
        return switch (this) {
            case GIT_V0 -> new RealGit(0);
            case GIT_V1 -> new RealGit(1);
            case GIT_V2 -> new RealGit(2);
            case GO_GIT -> Tools.go();
            case DULWICH -> Tools.python("dulwich_client.py");
            case PYGIT2 -> Tools.python("pygit2_client.py");
            case ISOMORPHIC_GIT -> Tools.isomorphic();
            case JGIT -> new JGitClient();
        };
    }
}
