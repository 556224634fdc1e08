package dev.versicle.bench;

import dev.versicle.RealPrompts;
import dev.versicle.git.Codecs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cellar's codecs on every real prompt in turn; JMH makes subclasses of it, so it is open and public. */
@State(Scope.Thread)
public class CodecsBench {
    private final List<Codecs> prompts = new ArrayList<>();
    private int turn;

    @Setup
    public void read() throws IOException {
        for (RealPrompts.History history : RealPrompts.all()) {
            prompts.add(new Codecs(history.steps().getLast().text()));
        }
    }

    @TearDown
    public void close() {
        prompts.forEach(Codecs::close);
    }

    private Codecs next() {
        turn = turn + 1 < prompts.size() ? turn + 1 : 0;
        return prompts.get(turn);
    }

    @Benchmark
    public Object treeWrite() throws IOException {
        return next().writeTree();
    }

    @Benchmark
    public Object treeRead() throws IOException {
        return next().readTree();
    }

    @Benchmark
    public Object commitWrite() {
        return next().writeCommit();
    }

    @Benchmark
    public Object commitRead() {
        return next().readCommit();
    }

    @Benchmark
    public Object noteWrite() {
        return next().writeNote();
    }

    @Benchmark
    public Object noteRead() {
        return next().readNote();
    }
}
