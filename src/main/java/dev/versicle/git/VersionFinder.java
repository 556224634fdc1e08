package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds the version that is meant, by whatever it is called. */
final class VersionFinder {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final EnvironmentReader environments;

    VersionFinder(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.environments = new EnvironmentReader(shop, id, git);
    }

    /** The index's entry for what {@code ref} points at. */
    VersionEntry entry(VersionRef ref) throws IOException {
        Optional<VersionEntry> entry = switch (ref) {
            case VersionRef.Latest ignored -> shop.index().latest(id);
            case VersionRef.Numbered numbered -> shop.index().byNumber(id, numbered.number());
            case VersionRef.Display display -> shop.index().carrier(id, display.displayVersion());
            case VersionRef.Id byId -> shop.index().byCommit(id, byId.hex());
            case VersionRef.Release release -> released(release.release());
            case VersionRef.Environment environment -> pointed(environment.name());
            case VersionRef.Written written -> written(written.text());
        };
        return entry.orElseThrow(() -> notFound(ref));
    }

    /** The first that exists of all that a text may mean. */
    private Optional<VersionEntry> written(String text) throws IOException {
        if (text.equals(VersionRef.Written.LATEST)) {
            return shop.index().latest(id);
        }
        Optional<VersionEntry> exact = VersionRef.Written.number(text)
                .flatMap(number -> shop.index().byNumber(id, number))
                .filter(VersionEntry::live);
        Optional<SemVer> release = exact.isEmpty() ? SemVer.find(text) : Optional.empty();
        if (release.isPresent()) {
            exact = released(release.get());
        }
        Optional<EnvironmentName> environment = exact.isEmpty() ? EnvironmentName.find(text) : Optional.empty();
        if (environment.isPresent()) {
            exact = pointed(environment.get());
        }
        if (exact.isEmpty() && DisplayVersion.fits(text)) {
            exact = shop.index().carrier(id, new DisplayVersion(text));
        }
        return exact.isPresent() ? exact : beginningWith(text);
    }

    private Optional<VersionEntry> pointed(EnvironmentName environment) throws IOException {
        return commit(environment).flatMap(commit -> shop.index().byCommit(id, commit.hex()));
    }

    private Optional<CommitId> commit(EnvironmentName environment) throws IOException {
        return environments.find(environment).map(pointer -> pointer.target().commit());
    }

    /**
     * The digits that {@code ref} says its version's commit begins with, without a look at the index: an environment's
     * name can be no other kind of name that comes before it.
     */
    Optional<String> digits(VersionRef ref) throws IOException {
        return switch (ref) {
            case VersionRef.Id byId -> Optional.of(byId.hex());
            case VersionRef.Environment environment -> digits(Optional.of(environment.name()));
            case VersionRef.Written written -> digits(EnvironmentName.find(written.text()));
            case VersionRef.Latest ignored -> Optional.empty();
            case VersionRef.Numbered ignored -> Optional.empty();
            case VersionRef.Display ignored -> Optional.empty();
            case VersionRef.Release ignored -> Optional.empty();
        };
    }

    private Optional<String> digits(Optional<EnvironmentName> environment) throws IOException {
        return environment.isPresent() ? commit(environment.get()).map(CommitId::hex) : Optional.empty();
    }

    private Optional<VersionEntry> beginningWith(String text) {
        List<VersionEntry> found = VersionRef.Written.commit(text)
                .map(hex -> shop.index().beginningWith(id, hex))
                .orElse(List.of());
        if (found.size() > 1) {
            throw new PromptException(new Problem.Invalid("rev", "begins the ids of several commits"));
        }
        return found.stream().findFirst();
    }

    private Optional<VersionEntry> released(SemVer release) throws IOException {
        Optional<Ref> tag = Optional.ofNullable(git.exactRef(RefNames.release(release)));
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(tag.get().getObjectId());
            return shop.index().byCommit(id, commit.name());
        }
    }

    PromptException notFound(VersionRef ref) {
        String text = switch (ref) {
            case VersionRef.Latest ignored -> "latest";
            case VersionRef.Numbered numbered -> Integer.toString(numbered.number());
            case VersionRef.Display display -> display.displayVersion().text();
            case VersionRef.Id byId -> byId.hex();
            case VersionRef.Release release -> release.release().toString();
            case VersionRef.Environment environment -> environment.name().text();
            case VersionRef.Written written -> written.text();
        };
        return new PromptException(new Problem.VersionNotFound(id, text));
    }
}
