package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GNU tar, Python's tarfile and Node's tar pack is what we unpack, links and the like excepted. */
class ToolsTarballsTest {
    /** Every file below the directory that is given, with what libarchive's bsdtar and others say of it. */
    private static final String PYTHON = """
            import os, sys, tarfile
            target, source, format, said = sys.argv[1:]
            with tarfile.open(target, 'w:gz', format=int(format)) as tar:
                for top, directories, files in sorted(os.walk(source)):
                    for name in sorted(files):
                        path = os.path.join(top, name)
                        entry = tar.gettarinfo(path, os.path.relpath(path, source))
                        if said: entry.pax_headers = eval(said)
                        with open(path, 'rb') as file: tar.addfile(entry, file)
            """;

    private static final String NODE = """
            const npm = String(require('child_process').execSync('command -v npm')).trim();
            const tar = require('module').createRequire(require('fs').realpathSync(npm))('tar');
            const [target, source] = process.argv.slice(1);
            tar.create({file: target, gzip: true, sync: true, cwd: source, portable: true}, ['.']);
            """;

    @TempDir
    private Path root;

    private Path source;
    private Path packed;
    private Tools tools;
    private SpoolForTests spool;

    @BeforeEach
    void open() throws IOException {
        source = Files.createDirectory(root.resolve("source"));
        packed = root.resolve("packed.tar.gz");
        tools = new Tools(root);
        spool = new SpoolForTests(Files.createDirectory(root.resolve("spool")));
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(List.of(), spool.left());
    }

    private void assertHolds(Map<String, PromptFile> files) throws IOException {
        try (Unpacked unpacked = spool.read(Files.readAllBytes(packed))) {
            assertEquals(files, unpacked.files().byPath());
        }
    }

    private Problem refusal() throws IOException {
        return spool.refusal(Files.readAllBytes(packed));
    }

    private static Problem refused(String name, String what) {
        return new Problem.Invalid(
                "tarball",
                "cannot be taken: its entry '" + name + "' is " + what + ", not a regular file or a directory");
    }

    @ParameterizedTest
    @CsvSource({"gnu, .", "oldgnu, .", "pax, .", "posix, .", "gnu, *", "pax, *"})
    void gnuTarInItsFormats(String format, String what) throws IOException {
        Map<String, PromptFile> files = Packages.random(new Random(17));
        Packages.lay(files, source);

        List<String> command = new ArrayList<>(
                List.of("tar", "czf", packed.toString(), "--format=" + format, "-C", source.toString()));
        command.addAll(what.equals("*") ? top() : List.of(what));
        tools.run(command.toArray(String[]::new));

        assertHolds(files);
    }

    /** What a shell makes of a star. */
    private List<String> top() throws IOException {
        try (var entries = Files.list(source)) {
            List<String> names = new ArrayList<>(
                    entries.map(path -> path.getFileName().toString()).toList());
            Collections.shuffle(names, new Random(3));
            return names;
        }
    }

    /** These two cannot say every name. */
    @ParameterizedTest
    @ValueSource(strings = {"ustar", "v7"})
    void gnuTarInTheFormatsOfOld(String format) throws IOException {
        Map<String, PromptFile> files = Map.of(
                "top/prompt.md",
                Packages.file("body"),
                "top/a/" + "b".repeat(70) + "/c",
                new PromptFile(new byte[3_000], true),
                "top/empty",
                Packages.file(""),
                "top/日本",
                Packages.file("é"));
        Packages.lay(files, source);

        tools.run("tar", "czf", packed.toString(), "--format=" + format, "-C", source.toString(), "top");

        assertHolds(files);
    }

    @Test
    void aPathThatFillsTwoFieldsOfAUstarHeader() throws IOException {
        String top = "p".repeat(60);
        Map<String, PromptFile> files =
                Map.of(top + "/" + "q".repeat(60) + "/" + "r".repeat(90), Packages.file("split"));
        Packages.lay(files, source);

        tools.run("tar", "czf", packed.toString(), "--format=ustar", "-C", source.toString(), top);

        assertHolds(files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax"})
    void aSparseFileIsRefusedByItsName(String format) throws IOException {
        tools.run("truncate", "-s", "1M", source.resolve("holes").toString());

        tools.run("tar", "czf", packed.toString(), "--sparse", "--format=" + format, "-C", source.toString(), "holes");

        assertEquals(refused("holes", "a sparse file"), refusal());
    }

    @Test
    void linksAndPipesAreRefused() throws IOException {
        Files.writeString(source.resolve("a"), "a");
        Files.createLink(source.resolve("b"), source.resolve("a"));
        tools.run("tar", "czf", packed.toString(), "-C", source.toString(), "a", "b");
        assertEquals(refused("b", "a hard link"), refusal());

        Files.createSymbolicLink(source.resolve("c"), Path.of("t".repeat(200)));
        tools.run("tar", "czf", packed.toString(), "-C", source.toString(), "c");
        assertEquals(refused("c", "a symbolic link"), refusal());

        tools.run("mkfifo", source.resolve("d").toString());
        tools.run("tar", "czf", packed.toString(), "-C", source.toString(), "d");
        assertEquals(refused("d", "a FIFO"), refusal());

        tools.run("tar", "czf", packed.toString(), "-P", "/dev/null", "--transform=s,.*,null,");
        assertEquals(refused("null", "a device"), refusal());
    }

    @Test
    void pathsThatGnuTarWritesWhenItIsToldToAreRefused() throws IOException {
        Path file = Files.writeString(source.resolve("a"), "a");

        tools.run("tar", "czPf", packed.toString(), file.toString());
        assertEquals(
                new Problem.Invalid("tarball", "cannot be taken: its entry '" + file + "' has an absolute path"),
                refusal());

        tools.run("tar", "czPf", packed.toString(), "-C", source.toString(), "../source/a");
        assertEquals(
                new Problem.Invalid(
                        "tarball",
                        "cannot be taken: its entry '../source/a' must be relative, without empty, '.' and '..' parts"),
                refusal());
    }

    @Test
    void twoArchivesOneBehindTheOtherAreRefused() throws IOException {
        Files.writeString(source.resolve("a"), "a");
        tools.run("tar", "cf", "one.tar", "-C", source.toString(), "a");
        tools.run("sh", "-c", "cat one.tar one.tar | gzip > packed.tar.gz");

        assertEquals(new Problem.Invalid("tarball", "must be one archive: there is more behind its end"), refusal());
    }

    @Test
    void whatGitArchiveWritesIsTaken() throws IOException {
        Map<String, PromptFile> files = new TreeMap<>(Packages.random(new Random(4)));
        Packages.lay(files, source);
        tools.run("sh", "-c", """
                cd source && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 && git init -q && git add . &&
                git -c user.name=n -c user.email=e commit -qm m && git archive -o ../packed.tar.gz HEAD""");

        assertHolds(files);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void pythonInItsFormats(int format) throws IOException {
        Map<String, PromptFile> files = Map.of(
                "prompt.md",
                Packages.file("body"),
                "a/日本",
                new PromptFile(new byte[1_000], true),
                "a/b/" + "c".repeat(90),
                Packages.file(""));
        Packages.lay(files, source);

        tools.python(PYTHON, packed.toString(), source.toString(), Integer.toString(format), "");

        assertHolds(files);
    }

    @Test
    void whatBsdtarAndOthersSayOfAFileIsPassedOver() throws IOException {
        Map<String, PromptFile> files = Packages.random(new Random(23));
        Packages.lay(files, source);

        tools.python(PYTHON, packed.toString(), source.toString(), "2", """
                {'LIBARCHIVE.creationtime': '1700000000.123456789', 'mtime': '1700000000.5', 'atime': '1.25',
                 'ctime': '1700000001', 'SCHILY.dev': '16777220', 'SCHILY.ino': '8612345', 'SCHILY.nlink': '1',
                 'SCHILY.fflags': 'nodump', 'LIBARCHIVE.xattr.com.apple.quarantine': 'MDA4MTs=' * 2000,
                 'SCHILY.xattr.com.apple.quarantine': '0081;x\\ny\\0z', 'SCHILY.acl.access': 'user::rw-',
                 'uid': '4294967296', 'gid': '4294967296', 'uname': 'jörg', 'comment': '', 'hdrcharset': 'BINARY'}""");

        assertHolds(files);
    }

    @Test
    void whatAPaxHeaderSaysOfPathAndSizeIsJudged() throws IOException {
        Packages.lay(Map.of("a", Packages.file("four")), source);

        tools.python(PYTHON, packed.toString(), source.toString(), "2", "{'path': 'b/renamed'}");
        assertHolds(Map.of("b/renamed", Packages.file("four")));

        tools.python(PYTHON, packed.toString(), source.toString(), "2", "{'path': '../a'}");
        assertEquals(
                new Problem.Invalid(
                        "tarball",
                        "cannot be taken: its entry '../a' must be relative, without empty, '.' and '..' parts"),
                refusal());

        tools.python(PYTHON, packed.toString(), source.toString(), "2", "{'size': '1'}");
        assertEquals(
                new Problem.Invalid(
                        "tarball", "cannot be taken: its entry 'a' has a PAX header that says another size than 4"),
                refusal());
    }

    /** The one that npm itself unpacks with, wherever that was installed. */
    @Test
    void nodesTar() throws IOException {
        Map<String, PromptFile> files = Packages.random(new Random(31));
        Packages.lay(files, source);
        tools.run("node", "-e", NODE, packed.toString(), source.toString());

        assertHolds(files);
    }
}
