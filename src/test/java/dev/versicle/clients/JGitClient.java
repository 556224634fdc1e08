package dev.versicle.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.CloneCommand;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** JGit as a client, in this process. */
final class JGitClient implements GitClient {
    /** What a client does; gives what it tells its user. */
    @FunctionalInterface
    private interface Work {
        Said done() throws GitAPIException, IOException;
    }

    private static CredentialsProvider who(Remote remote) {
        return new UsernamePasswordCredentialsProvider("x", remote.token());
    }

    private static Said said(Work work) {
        try {
            return work.done();
        } catch (GitAPIException | IOException e) {
            return new Said(false, e.toString());
        }
    }

    @Override
    public Said list(Remote remote) {
        return said(() -> {
            List<String> lines = new ArrayList<>();
            for (Ref ref : Git.lsRemoteRepository()
                    .setRemote(remote.url())
                    .setCredentialsProvider(who(remote))
                    .call()) {
                lines.add(ObjectId.toString(ref.getObjectId()) + "\t" + ref.getName());
            }
            return new Said(true, String.join("\n", lines));
        });
    }

    @Override
    public Said clone(Remote remote, Path directory, int depth, boolean tags) {
        CloneCommand command = Git.cloneRepository()
                .setURI(remote.url())
                .setCredentialsProvider(who(remote))
                .setDirectory(directory.toFile());
        if (!tags) {
            command.setNoTags();
        }
        if (depth > 0) {
            command.setDepth(depth);
        }
        return said(() -> {
            command.call().close();
            return new Said(true, "");
        });
    }

    @Override
    public Said fetch(Remote remote, Path directory, int depth, Fetch what) {
        return said(() -> {
            try (Git git = Git.open(directory.toFile())) {
                FetchCommand command = git.fetch()
                        .setRemote(remote.url())
                        .setCredentialsProvider(who(remote))
                        .setTagOpt(TagOpt.NO_TAGS)
                        .setRefSpecs(new RefSpec("+" + what.source() + ":" + what.target()));
                if (depth > 0) {
                    command.setDepth(depth);
                }
                String words = command.call().getMessages();
                if (ObjectId.isId(what.source())) {
                    // it brings the commit, and makes no ref
                    RefUpdate made = git.getRepository().updateRef(what.target());
                    made.setNewObjectId(ObjectId.fromString(what.source()));
                    words += made.update();
                }
                return new Said(true, words);
            }
        });
    }

    @Override
    public Said push(Remote remote, Path directory, boolean atomic, List<String> specs) {
        return said(() -> {
            try (Git git = Git.open(directory.toFile())) {
                List<RemoteRefUpdate> updates = StreamSupport.stream(
                                git.push()
                                        .setRemote(remote.url())
                                        .setCredentialsProvider(who(remote))
                                        .setAtomic(atomic)
                                        .setRefSpecs(
                                                specs.stream().map(RefSpec::new).toList())
                                        .call()
                                        .spliterator(),
                                false)
                        .flatMap(JGitClient::updates)
                        .toList();
                return new Said(
                        updates.stream().allMatch(update -> update.getStatus() == RemoteRefUpdate.Status.OK),
                        updates.stream().map(RemoteRefUpdate::toString).collect(Collectors.joining("\n")));
            }
        });
    }

    private static Stream<RemoteRefUpdate> updates(PushResult result) {
        return result.getRemoteUpdates().stream();
    }
}
