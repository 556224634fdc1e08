package dev.versicle;

import dev.versicle.RealPrompts.History;
import dev.versicle.RealPrompts.Step;
import dev.versicle.git.House;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes {@code repos-sample}: real prompts with their real histories, saved by the server's own code under the dates
 * that the histories have. The same ids come out each time.
 */
public final class MakeSamples {
    private static final Caller VERSICLE =
            new Caller("versicle", Optional.of("Versicle"), Optional.empty(), new Namespace("samples"), Set.of());

    private final House house;

    private MakeSamples(House house) {
        this.house = house;
    }

    /** Makes the samples anew in a directory, {@code repos-sample} unless another is named. */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args.length > 0 ? args[0] : "repos-sample");
        Path work = Files.createTempDirectory("versicle-samples");
        make(work, target);
    }

    static void make(Path work, Path target) throws IOException {
        List<History> histories = RealPrompts.all();
        try (House house = new House(work)) {
            MakeSamples maker = new MakeSamples(house);
            copy(house.repository(maker.reviewer(named(histories, "Code Review Assistant"))), target, "code-review");
            copy(house.repository(maker.kit(histories)), target, "review-kit");
            copy(house.repository(maker.barista(named(histories, "مساعد محترف للبارستا"))), target, "barista");
        }
    }

    private static History named(List<History> histories, String name) {
        return histories.stream()
                .filter(history -> history.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void copy(Path repository, Path target, String name) throws IOException {
        Path place = target.resolve(name + ".git");
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = place.resolve(repository.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** One text with a long history, edited metadata, a display version and a release. */
    private PromptId reviewer(History history) {
        PromptId id = create(history, "Reviews code and explains what it finds");
        List<Step> steps = history.steps();
        for (Step step : steps.subList(1, steps.size())) {
            save(id, step, Optional.empty());
        }
        Step last = steps.getLast();
        house.now.set(last.at().plusSeconds(3600));
        release(id, last.text(), new SemVer(1, 0, 0));
        edit(id, steps.size(), "v1.0", "First release", "The wording that the team agreed on.");
        house.now.set(last.at().plusSeconds(7200));
        edit(id, 1, "v0.1", "As it began", "Imported with its history from a public collection.");
        return id;
    }

    /** A package of several files, released twice. */
    private PromptId kit(List<History> histories) {
        History specialist = named(histories, "Code Review Specialist 2");
        Step first = specialist.steps().getFirst();
        Step last = specialist.steps().getLast();
        PromptId id = create(new History("Code review kit", List.of(first)), "A package: prompt, settings, examples");
        String assistant =
                named(histories, "Code Review Assistant").steps().getLast().text();
        save(id, first, files(first.text(), assistant), new SemVer(1, 0, 0), "Package with an example");
        house.now.set(last.at());
        save(id, last, files(last.text(), assistant), new SemVer(1, 1, 0), "Sharper instructions");
        return id;
    }

    private static Draft.Content files(String prompt, String example) {
        String config = """
                {
                  "models" : [
                    "openai:gpt-4o"
                  ]
                }
                """;
        return new Draft.Content.Files(PromptFiles.of(Map.of(
                "prompt.md", file(prompt), "config.json", file(config), "examples/assistant.md", file(example))));
    }

    private static PromptFile file(String text) {
        return new PromptFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Arabic, from right to left, with emoji in name, text and metadata. */
    private PromptId barista(History history) {
        PromptId id = create(history, "مساعد لتحضير القهوة ☕");
        house.now.set(history.steps().getLast().at().plusSeconds(60));
        edit(id, 1, "الإصدار-١", "أول نسخة ☕", "نص حقيقي من مجموعة عامة.");
        return id;
    }

    private PromptId create(History history, String description) {
        Step first = history.steps().getFirst();
        house.now.set(first.at());
        PromptId id = PromptId.next(
                house.now::get, new java.util.Random(history.name().hashCode()));
        PromptSettings settings = new PromptSettings(
                new PromptSettings.Identity(VERSICLE.namespace(), new PromptName(history.name()), List.of()),
                Optional.of(description),
                new TreeSet<>(),
                new PromptSettings.Access(VERSICLE.subject(), Visibility.PUBLIC, Map.of()),
                new PromptSettings.Creation(VERSICLE.subject(), first.at()));
        house.store.create(id, settings, Optional.of(draft(body(first), first.message(), Optional.empty())), VERSICLE);
        return id;
    }

    private void save(PromptId id, Step step, Optional<SemVer> release) {
        house.now.set(step.at());
        save(id, draft(body(step), step.message(), release));
    }

    private void save(PromptId id, Step step, Draft.Content content, SemVer release, String title) {
        house.now.set(step.at());
        save(id, draft(content, title, Optional.of(release)));
    }

    private void release(PromptId id, String text, SemVer release) {
        save(id, draft(new Draft.Content.Body(new PromptText(text)), "Release", Optional.of(release)));
    }

    private void save(PromptId id, Draft draft) {
        try (PromptRepository prompt = house.store.open(id)) {
            prompt.save(draft, VERSICLE, Expected.NOTHING);
        }
    }

    private void edit(PromptId id, int number, String displayVersion, String title, String description) {
        MetadataEdit edit = new MetadataEdit(
                new Field.Set<>(new DisplayVersion(displayVersion)),
                new Field.Set<>(title),
                new Field.Set<>(description));
        try (PromptRepository prompt = house.store.open(id)) {
            prompt.edit(new VersionRef.Numbered(number), edit, VERSICLE, Expected.NOTHING);
        }
    }

    private static Draft.Content body(Step step) {
        return new Draft.Content.Body(new PromptText(step.text()));
    }

    private static Draft draft(Draft.Content content, String message, Optional<SemVer> release) {
        Metadata metadata = new Metadata(
                Optional.empty(), Optional.empty(), Optional.of(message).map(MakeSamples::oneLine), Optional.empty());
        return new Draft(content, new Draft.Slot.Next(), release, metadata, Source.MANUAL_SAVE);
    }

    private static String oneLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), Metadata.TITLE_CHARACTERS_MAX));
    }
}
