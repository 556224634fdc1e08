package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody's tool would make of a prompt is refused in words that name the entry, and nothing of it stays. */
class RefusedTarballTest {
    @TempDir
    private Path directory;

    private SpoolForTests spool;

    @BeforeEach
    void open() {
        spool = new SpoolForTests(directory);
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(List.of(), spool.left());
    }

    /** {@code said}: what the refusal says after "cannot be taken: its entry ". */
    record Entry(String said, TarBytes tar) {
        @Override
        public String toString() {
            return said;
        }
    }

    private static TarBytes tar() {
        return new TarBytes().file("first", "good");
    }

    private static Entry path(String path, String said) {
        return new Entry(said, tar().file(path, "x"));
    }

    private static Entry type(char type, String said) {
        return new Entry("'x' is " + said + ", not a regular file or a directory", tar().entry("x", type));
    }

    static Stream<Entry> paths() {
        String deep = "d/".repeat(32) + "f";
        String nested = "d/".repeat(300) + "f";
        return Stream.of(
                path("/etc/passwd", "'/etc/passwd' has an absolute path"),
                path("C:\\x", "'C:\\x' has an absolute path"),
                path("C:/x", "'C:/x' has an absolute path"),
                path("\\\\server\\x", "'\\\\server\\x' has an absolute path"),
                path("a\\b", "'a\\b' must not contain backslashes or control characters"),
                path("../x", "'../x' must be relative, without empty, '.' and '..' parts"),
                path("a/../x", "'a/../x' must be relative, without empty, '.' and '..' parts"),
                path("a/..", "'a/..' must be relative, without empty, '.' and '..' parts"),
                path("a//x", "'a//x' must be relative, without empty, '.' and '..' parts"),
                path(".//etc/passwd", "'.//etc/passwd' must be relative, without empty, '.' and '..' parts"),
                path("", "'' must be relative, without empty, '.' and '..' parts"),
                path("a\nb", "'a\\u000ab' must not contain backslashes or control characters"),
                path("first", "'first' is there twice"),
                path("./first", "'./first' is there twice"),
                path("FIRST", "'FIRST' differs from another path only in case or in how its characters are composed"),
                path("first/x", "'first/x' has a path that is both a file and a directory"),
                path(deep, "'" + deep + "' must be at most 32 levels deep"),
                new Entry(
                        "'" + nested.substring(0, 200) + "…' must be at most 512 bytes",
                        tar().longName('L', nested).file("d", "x")),
                new Entry(
                        "'" + "é".repeat(200) + "…' must be at most 512 bytes",
                        tar().pax('x', Map.of("path", "é".repeat(257))).file("e", "x")),
                new Entry(
                        "'/etc/x' has an absolute path",
                        tar().longName('L', "/etc/x").file("x", "x")),
                new Entry(
                        "'/etc/x' has an absolute path",
                        tar().pax('x', Map.of("path", "/etc/x")).file("x", "x")),
                new Entry(
                        "'x/y' has a path that is both a file and a directory",
                        tar().file("x", "").file("x/y", "")),
                new Entry(
                        "'x' has a path that is both a file and a directory",
                        tar().file("x/y", "").file("x", "")),
                new Entry(
                        "'x/' has a path that is both a file and a directory",
                        tar().file("x", "").entry("x/", '5')),
                new Entry("'x/' is there twice", tar().entry("x/", '5').entry("x/", '5')),
                new Entry(
                        "'X/y' differs from another path only in case or in how its characters are composed",
                        tar().file("x/a", "").file("X/y", "")),
                new Entry(
                        "'e\u0301' differs from another path only in case or in how its characters are composed",
                        tar().file("é", "").file("e\u0301", "")),
                new Entry(
                        "'b\ufffdd' has a name that is not UTF-8",
                        tar().header(new byte[] {'b', (byte) 0xe9, 'd'}, '0', TarBytes.octal(0, 11))));
    }

    static Stream<Entry> types() {
        return Stream.of(
                type('1', "a hard link"),
                type('2', "a symbolic link"),
                type('3', "a device"),
                type('4', "a device"),
                type('6', "a FIFO"),
                type('7', "of tar's type number 55"),
                type('S', "a sparse file"),
                type('D', "of tar's type number 68"),
                type('M', "of tar's type number 77"),
                type('V', "of tar's type number 86"),
                type('X', "of tar's type number 88"),
                new Entry(
                        "'a' is a symbolic link, not a regular file or a directory",
                        tar().entry("a", '2').file("a/b", "through it")),
                new Entry(
                        "'long' is a symbolic link, not a regular file or a directory",
                        tar().longName('K', "t".repeat(200)).entry("long", '2')),
                new Entry(
                        "'true name' is a sparse file, not a regular file or a directory",
                        tar().pax('x', Map.of("GNU.sparse.major", "1", "GNU.sparse.name", "true name"))
                                .file("GNUSparseFile.1/x", "1\n0\n1\n")),
                new Entry(
                        "'x' is a sparse file, not a regular file or a directory",
                        tar().pax('x', Map.of("GNU.sparse.map", "0,1")).file("x", "1")),
                new Entry(
                        "'x' is a sparse file, not a regular file or a directory",
                        tar().pax('x', Map.of("SCHILY.realsize", "99999999")).file("x", "1")),
                new Entry(
                        "'d/' is a directory with bytes of its own",
                        tar().header("d", '5', 4).body(new byte[4])),
                new Entry(
                        "'d/' is a directory with bytes of its own",
                        tar().header("d/", '0', 4).body(new byte[4])));
    }

    static Stream<Entry> sizes() {
        long big = PromptFile.BYTES_MAX + 1L;
        byte[] base256 = new byte[12];
        base256[0] = (byte) 0x80;
        base256[4] = 1;
        return Stream.of(
                new Entry("'x' must be at most 16777216 bytes", tar().header("x", '0', big)),
                new Entry(
                        "'x' must be at most 16777216 bytes",
                        tar().header("x".getBytes(StandardCharsets.UTF_8), '0', base256)),
                new Entry(
                        "'x' has a PAX header that says another size than 1",
                        tar().pax('x', Map.of("size", "2")).file("x", "1")),
                new Entry(
                        "'x' has a PAX header that says another size than 1",
                        tar().pax('x', Map.of("size", "0")).file("x", "1")),
                new Entry(
                        "'x' has a PAX header that says another size than 1",
                        tar().pax('x', Map.of("size", "-1")).file("x", "1")),
                new Entry(
                        "'x' has a PAX header that says another size than 1",
                        tar().pax('x', Map.of("size", "9".repeat(40))).file("x", "1")));
    }

    static Stream<Entry> headers() {
        return Stream.of(
                new Entry(
                        "'" + "n".repeat(200) + "…' has a name of 10000001 bytes",
                        tar().longName('L', "n".repeat(10_000_000)).file("n", "")),
                new Entry(
                        "'" + "b".repeat(200) + "…' has two long names",
                        tar().longName('L', "a".repeat(201))
                                .longName('L', "b".repeat(201))
                                .file("b", "")),
                new Entry(
                        "'" + "b".repeat(200) + "…' has two long names",
                        tar().longName('K', "a".repeat(201))
                                .longName('K', "b".repeat(201))
                                .entry("b", '2')),
                new Entry(
                        "'pax' has two long names",
                        tar().longName('L', "gnu")
                                .pax('x', Map.of("path", "pax"))
                                .file("b", "")),
                new Entry(
                        "'PaxHeaders/x' is a second PAX header of one entry",
                        tar().pax('x', Map.of("comment", "1"))
                                .pax('x', Map.of("comment", "2"))
                                .file("x", "")),
                new Entry(
                        "'PaxHeaders/x' is a PAX header of more than 262144 bytes",
                        tar().pax('x', Map.of("comment", "c".repeat(300_000))).file("x", "")),
                new Entry(
                        "'PaxHeaders/x' is a PAX header of more than 262144 bytes",
                        tar().pax('g', Map.of("comment", "c".repeat(300_000))).file("x", "")),
                new Entry(
                        "'PaxHeaders/x' says for all entries what can hold of one only",
                        tar().pax('g', Map.of("path", "y")).file("x", "")),
                new Entry(
                        "'PaxHeaders/x' says for all entries what can hold of one only",
                        tar().pax('g', Map.of("size", "0")).file("x", "")),
                pax("16 size=1\n14 size=2\n", "is a broken PAX header"),
                pax("10 size=1\n\n", "is a broken PAX header"),
                pax("9 size=1\n9 size=1\n", "is a PAX header that says twice what 'size' is"),
                pax("999999999999 path=x\n", "is a broken PAX header"),
                pax("-5 path=x\n", "is a broken PAX header"),
                pax("9 sizex1\n", "is a broken PAX header"),
                pax("path=x\n", "is a broken PAX header"),
                pax("12 comment=x", "is a broken PAX header"));
    }

    private static Entry pax(String records, String said) {
        byte[] bytes = records.getBytes(StandardCharsets.UTF_8);
        return new Entry(
                "'PaxHeaders/x' " + said,
                tar().header("PaxHeaders/x", 'x', bytes.length).body(bytes).file("x", "1"));
    }

    @ParameterizedTest
    @MethodSource({"paths", "types", "sizes", "headers"})
    void anEntryThatBreaksARuleIsNamed(Entry entry) {
        Problem refused = spool.refusal(entry.tar().gzip());

        assertEquals(new Problem.Invalid("tarball", "cannot be taken: its entry " + entry.said()), refused);
    }
}
