package dev.versicle;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.RefUpdate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom, and what else holds of every file. Each rule is shown to fail where it should. */
class ArchitectureTest {
    private static final String HOUSE = "dev.versicle";
    private static final Pattern GENERATED = Pattern.compile(".*/\\$[^/]*\\.class");
    private static final Pattern REF_NAME =
            Pattern.compile("\"refs/|\\bConstants\\.R_|\\bR_(HEADS|TAGS|NOTES|REFS)\\b");
    private static final Path SOURCES = Path.of("src", "main", "java");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !generated(location))
            .importPath(Path.of("target", "classes"));

    private static final String[] DOORS_TOOLS = {
        "dev.versicle.prompt", "io.micronaut..", "jakarta.inject..", "com.fasterxml.jackson..", "org.slf4j.."
    };

    /** The table: what each room may import beyond itself and Java. A new package must come into it. */
    private static final List<Room> ROOMS = List.of(
            Room.of(
                    "",
                    "dev.versicle..",
                    // the log's format
                    "ch.qos.logback..",
                    "io.micrometer..",
                    "io.micronaut..",
                    "jakarta.annotation..",
                    "jakarta.inject..",
                    // what Micronaut's health endpoint wants for an answer
                    "org.reactivestreams..",
                    "org.slf4j.."),
            Room.of(".prompt"),
            Room.of(".storage", "org.eclipse.jgit.."),
            Room.of(".storage.local", "dev.versicle.storage", "org.eclipse.jgit..", "com.github.benmanes.caffeine.."),
            Room.of(
                    ".git",
                    "dev.versicle.prompt",
                    "dev.versicle.storage",
                    "org.eclipse.jgit..",
                    "com.github.benmanes.caffeine..",
                    // prompt.json, config.json and the files of system.git
                    "com.fasterxml.jackson..",
                    // the seal on the secrets there
                    "javax.crypto..",
                    "org.slf4j.."),
            Room.of(".catalog", "dev.versicle.prompt", "org.sqlite..", "org.slf4j.."),
            Room.of(
                    ".metrics",
                    "dev.versicle.prompt",
                    // what it tells of requests
                    "dev.versicle.http",
                    "io.micrometer..",
                    "io.micronaut..",
                    "jakarta.inject..",
                    // how busy the carriers of virtual threads are
                    "jdk.management"),
            Room.of(
                    ".auth",
                    "dev.versicle.prompt",
                    // the header that carries a token, and the word to the desk why one was refused
                    "dev.versicle.http",
                    "io.micronaut..",
                    "jakarta.inject..",
                    // what Micronaut's security wants for an answer
                    "org.reactivestreams..",
                    "com.nimbusds..",
                    "javax.crypto..",
                    "org.slf4j.."),
            Room.of(
                    ".provider",
                    "dev.versicle.prompt",
                    "io.micronaut.http..",
                    "com.fasterxml.jackson..",
                    "org.slf4j.."),
            Room.of(
                    ".archive",
                    "dev.versicle.prompt",
                    "org.apache.commons.compress..",
                    // an export's manifest
                    "com.fasterxml.jackson.."),
            Room.of(
                    ".egress",
                    // how a destination is refused
                    "dev.versicle.prompt",
                    "javax.net.ssl..",
                    "org.apache.hc.core5.."),
            Room.of(
                    ".remote",
                    "dev.versicle.prompt",
                    "dev.versicle.egress",
                    // where a history lies until it is judged
                    "dev.versicle.archive",
                    // which refs come in
                    "dev.versicle.git"),
            Room.of(
                    ".notify",
                    "dev.versicle.prompt",
                    "dev.versicle.egress",
                    // what letters say
                    "com.fasterxml.jackson..",
                    // what letters are signed with
                    "javax.crypto..",
                    "org.slf4j.."),
            // what the framework asks whether it compresses an answer
            Room.of(".http", DOORS_TOOLS).and("io.netty.handler.codec.http"),
            Room.of(".http.git", DOORS_TOOLS).and("dev.versicle.http"),
            Room.of(".http.openapi", "dev.versicle.http", "io.micronaut..", "jakarta.inject.."),
            Room.of(".http.orkes", DOORS_TOOLS).and("dev.versicle.http"),
            Room.of(".http.tether", DOORS_TOOLS).and("dev.versicle.http"),
            // archive: packages in and out, as tarballs
            Room.of(".http.v1", DOORS_TOOLS).and("dev.versicle.http").and("dev.versicle.archive"));

    record Room(String name, List<String> imports) {
        static Room of(String name, String... imports) {
            return new Room(HOUSE + name, List.of(imports));
        }

        Room and(String more) {
            return new Room(
                    name, Stream.concat(imports.stream(), Stream.of(more)).toList());
        }

        ArchRule holds() {
            String[] allowed = Stream.of(List.of("java..", "org.jspecify..", name), imports)
                    .flatMap(List::stream)
                    .toArray(String[]::new);
            return classes()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed);
        }
    }

    static List<Room> rooms() {
        return ROOMS;
    }

    static List<Room> roomsButTheHeart() {
        return ROOMS.stream().filter(room -> !room.imports().isEmpty()).toList();
    }

    private static boolean generated(Location location) {
        return location.matches(GENERATED);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsWhatTheTableSays(Room room) {
        room.holds().check(CLASSES);
    }

    /** So that no line of the table is empty talk: nothing in it could be left out altogether. */
    @ParameterizedTest
    @MethodSource("roomsButTheHeart")
    void aRoomThatMayImportSomethingDoes(Room room) {
        assertBroken(new Room(room.name(), List.of()).holds());
    }

    @Test
    void everyPackageIsARoom() {
        List<String> rooms = ROOMS.stream().map(Room::name).sorted().toList();
        assertEquals(rooms, packages().map(JavaPackage::getName).sorted().toList());
    }

    @Test
    void doorsNeverImportEachOther() {
        slices().matching(HOUSE + ".http.(*)..").should().notDependOnEachOther().check(CLASSES);
        assertBroken(slices().matching(HOUSE + ".(*)..").should().notDependOnEachOther());
    }

    @Test
    void packagesFormNoCycle() {
        SliceRule rule = slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();
        rule.check(CLASSES);
        JavaClasses knot = new ClassFileImporter().importClasses(String.class, Locale.class);
        assertThrows(AssertionError.class, () -> rule.check(knot));
    }

    @Test
    void namesSayWhatSomethingIs() {
        ArchRule rule = noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Dto|DTO|Base|Common)");
        rule.check(CLASSES);
        JavaClasses wrong = new ClassFileImporter().importClasses(WrongHelper.class);
        assertThrows(AssertionError.class, () -> rule.check(wrong));
    }

    @Test
    void storageAloneMovesRefs() {
        movingRefsOutside("..storage..").check(CLASSES);
        assertBroken(movingRefsOutside("..nowhere.."));
    }

    private static ArchRule movingRefsOutside(String room) {
        DescribedPredicate<JavaAccess<?>> move = describe(
                "a move of a ref",
                access -> access.getTargetOwner().isAssignableTo(RefUpdate.class)
                        && Set.of("update", "forceUpdate", "delete", "link").contains(access.getName()));
        return noClasses().that().resideOutsideOfPackage(room).should().accessTargetWhere(move);
    }

    @Test
    void storageAloneKnowsThatRepositoriesAreDirectories() {
        directoriesOutside("..storage..").check(CLASSES);
        assertBroken(directoriesOutside("..nowhere.."));
    }

    private static ArchRule directoriesOutside(String room) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jgit.internal..", "org.eclipse.jgit.storage.file..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "org\\.eclipse\\.jgit\\.lib\\.(BaseRepositoryBuilder|RepositoryBuilder|RepositoryCache).*");
    }

    @Test
    void everyPackageIsNullMarked() {
        assertEquals(List.of(), unmarked(packages()));
        assertEquals(
                List.of("java.util"),
                unmarked(Stream.of(
                        new ClassFileImporter().importClasses(Locale.class).getPackage("java.util"))));
    }

    private static List<String> unmarked(Stream<JavaPackage> packages) {
        return packages.filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();
    }

    /** Read from the sources: a compiler copies a constant into every class that uses it. */
    @Test
    void everyRefNameIsInOneFile() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> named = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> REF_NAME.matcher(text(file)).find())
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertEquals(List.of("RefNames.java"), named);
        }
    }

    @Test
    void theClassesAreAllThere() {
        assertTrue(CLASSES.size() > 100, () -> CLASSES.size() + " classes");
    }

    private static Stream<JavaPackage> packages() {
        JavaPackage root = CLASSES.getPackage(HOUSE);
        return Stream.concat(Stream.of(root), root.getSubpackagesInTree().stream())
                .filter(room -> !room.getClasses().isEmpty());
    }

    private static void assertBroken(ArchRule rule) {
        assertThrows(AssertionError.class, () -> rule.check(CLASSES), rule.getDescription());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name that the rule on names must find. */
    private static final class WrongHelper {}

    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "a slice for each package";
        }
    }
}
