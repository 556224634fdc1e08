package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.nio.file.Path;
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
        public Repository elsewhere(Path bare) throws IOException {
            return real.elsewhere(bare);
        }

        @Override
        public boolean trash(String id) throws IOException {
            watcher.at("before trash");
            boolean found = real.trash(id);
            watcher.at("after trash");
            return found;
        }

        @Override
        public Stream<String> ids() throws IOException {
            return real.ids();
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
        public void forget(PromptId id) {
            watcher.at("before forget");
            real.forget(id);
            watcher.at("after forget");
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
        public Optional<VersionEntry> carrier(PromptId id, DisplayVersion text) {
            return real.carrier(id, text);
        }

        @Override
        public List<VersionEntry> live(PromptId id, Page.Window window) {
            return real.live(id, window);
        }

        @Override
        public Page<PromptId> readable(Caller caller, Page.Window window) {
            return real.readable(caller, window);
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
