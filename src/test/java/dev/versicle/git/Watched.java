package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.SemVer;
import dev.versicle.storage.PackCheck;
import dev.versicle.storage.Quarantine;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** Calls its watcher before and after each step that changes what lies on the disk or in the index. */
final class Watched implements House.Between {
    @FunctionalInterface
    interface Watcher {
        /** May throw: then the step, or what follows it, does not happen. */
        void at(String step);
    }

    private final Watcher watcher;

    Watched(Watcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public Repositories repositories(Repositories real) {
        return new WatchedRepositories(real, watcher);
    }

    @Override
    public PromptIndex index(PromptIndex real) {
        return new WatchedIndex(real, watcher);
    }

    private record WatchedRepositories(Repositories real, Watcher watcher) implements Repositories {
        @Override
        public Optional<Repository> open(String id) throws IOException {
            return real.open(id);
        }

        @Override
        public void recover(Repository repository) throws IOException {
            real.recover(repository);
        }

        @Override
        public void create(String id, Filling filling) throws IOException {
            watcher.at("before create");
            real.create(id, filling);
            watcher.at("after create");
        }

        @Override
        public void place(Repository filled, Map<String, ObjectId> refs) throws IOException {
            real.place(filled, refs);
        }

        @Override
        public Quarantine quarantine(Repository repository, PackCheck check) throws IOException {
            return real.quarantine(repository, check);
        }

        @Override
        public Repository elsewhere(Path bare) throws IOException {
            return real.elsewhere(bare);
        }

        @Override
        public Optional<Instant> trash(String id) throws IOException {
            watcher.at("before trash");
            Optional<Instant> at = real.trash(id);
            watcher.at("after trash");
            return at;
        }

        @Override
        public boolean untrash(String id, Instant at) throws IOException {
            watcher.at("before untrash");
            boolean back = real.untrash(id, at);
            watcher.at("after untrash");
            return back;
        }

        @Override
        public List<Away> trashed() throws IOException {
            return real.trashed();
        }

        @Override
        public Optional<Repository> openTrashed(Away away) throws IOException {
            return real.openTrashed(away);
        }

        @Override
        public Stream<String> ids() throws IOException {
            return real.ids();
        }

        @Override
        public List<String> shelf(String shelf) throws IOException {
            return real.shelf(shelf);
        }

        @Override
        public RefUpdate.Result move(Repository repository, String ref, ObjectId from, ObjectId to) throws IOException {
            watcher.at("before move " + ref);
            RefUpdate.Result result = real.move(repository, ref, from, to);
            watcher.at("after move " + ref);
            return result;
        }
    }

    private record WatchedIndex(PromptIndex real, Watcher watcher) implements PromptIndex {
        @Override
        public State state() {
            return real.state();
        }

        @Override
        public void claim(Namespace namespace, PromptName name, PromptId id) {
            watcher.at("before claim");
            real.claim(namespace, name, id);
            watcher.at("after claim");
        }

        @Override
        public void release(Namespace namespace, PromptName name, PromptId id) {
            real.release(namespace, name, id);
        }

        @Override
        public void record(PromptId id, Change change) {
            watcher.at("before record");
            real.record(id, change);
            watcher.at("after record");
        }

        @Override
        public void restart(PromptId id) {
            watcher.at("before restart");
            real.restart(id);
            watcher.at("after restart");
        }

        @Override
        public void doubt() {
            real.doubt();
        }

        @Override
        public Optional<PromptId> find(Namespace namespace, PromptName name) {
            return real.find(namespace, name);
        }

        @Override
        public Optional<PromptEntry> prompt(PromptId id) {
            return real.prompt(id);
        }

        @Override
        public Optional<VersionEntry> byNumber(PromptId id, int number) {
            return real.byNumber(id, number);
        }

        @Override
        public Optional<VersionEntry> floor(PromptId id, int number) {
            return real.floor(id, number);
        }

        @Override
        public List<VersionEntry> beginningWith(PromptId id, String hex) {
            return real.beginningWith(id, hex);
        }

        @Override
        public Optional<VersionEntry> byCommit(PromptId id, String hex) {
            return real.byCommit(id, hex);
        }

        @Override
        public Optional<VersionEntry> latest(PromptId id) {
            return real.latest(id);
        }

        @Override
        public List<VersionEntry> carriers(PromptId id, DisplayVersion text, int limit) {
            return real.carriers(id, text, limit);
        }

        @Override
        public List<VersionEntry> live(PromptId id, Page.Window window) {
            return real.live(id, window);
        }

        @Override
        public Progress progress() {
            return real.progress();
        }

        @Override
        public void reached(long done, long total) {
            real.reached(done, total);
        }

        @Override
        public void released(PromptId id, List<Released> releases) {
            watcher.at("before released");
            real.released(id, releases);
            watcher.at("after released");
        }

        @Override
        public void downloaded(PromptId id) {
            real.downloaded(id);
        }

        @Override
        public void trash(Trashed prompt, Event.Deleted deleted, Optional<String> by) {
            watcher.at("before forget");
            real.trash(prompt, deleted, by);
            watcher.at("after forget");
        }

        @Override
        public void vanished(PromptId id) {
            watcher.at("before vanished");
            real.vanished(id);
            watcher.at("after vanished");
        }

        @Override
        public void moved(PromptId id, EnvironmentMoves moves) {
            watcher.at("before moved");
            real.moved(id, moves);
            watcher.at("after moved");
        }

        @Override
        public void refs(PromptId id, List<RefValue> refs, Optional<String> by) {
            watcher.at("before refs");
            real.refs(id, refs, by);
            watcher.at("after refs");
        }

        @Override
        public void allRefs(PromptId id, Map<String, String> refs) {
            watcher.at("before all refs");
            real.allRefs(id, refs);
            watcher.at("after all refs");
        }

        @Override
        public void adopt(PromptId id, Map<String, String> refs, EnvironmentMoves environments) {
            watcher.at("before adopt");
            real.adopt(id, refs, environments);
            watcher.at("after adopt");
        }

        @Override
        public List<Pointed> pointing(Namespace namespace, EnvironmentName environment) {
            return real.pointing(namespace, environment);
        }

        @Override
        public void trashed(Trashed prompt) {
            real.trashed(prompt);
        }

        @Override
        public void untrash(PromptId id) {
            watcher.at("before untrash");
            real.untrash(id);
            watcher.at("after untrash");
        }

        @Override
        public Optional<Trashed> trashed(PromptId id) {
            return real.trashed(id);
        }

        @Override
        public Page<Trashed> trashed(Caller caller, Page.Part part) {
            return real.trashed(caller, part);
        }

        @Override
        public Optional<PromptId> former(Namespace namespace, PromptName name) {
            return real.former(namespace, name);
        }

        @Override
        public List<VersionEntry> liveBelow(PromptId id, int number, int limit) {
            return real.liveBelow(id, number, limit);
        }

        @Override
        public Optional<VersionEntry> newestAt(PromptId id, Instant at, int below) {
            return real.newestAt(id, at, below);
        }

        @Override
        public Optional<VersionEntry> numberAt(PromptId id, int number, Instant at) {
            return real.numberAt(id, number, at);
        }

        @Override
        public List<SemVer> releases(PromptId id, CommitId version) {
            return real.releases(id, version);
        }

        @Override
        public Page<ReleaseEntry> releases(PromptId id, Page.Part part) {
            return real.releases(id, part);
        }

        @Override
        public List<SemVer> highest(PromptId id, int limit) {
            return real.highest(id, limit);
        }

        @Override
        public List<DisplayVersion> displayed(PromptId id, int limit) {
            return real.displayed(id, limit);
        }

        @Override
        public Page<PromptId> search(Caller caller, Search wanted, Page.Part part) {
            return real.search(caller, wanted, part);
        }

        @Override
        public List<PromptId> readableIn(Caller caller, Namespace namespace) {
            return real.readableIn(caller, namespace);
        }

        @Override
        public long count() {
            return real.count();
        }

        @Override
        public List<PromptId> known() {
            return real.known();
        }

        @Override
        public void complete() {
            real.complete();
        }
    }
}
