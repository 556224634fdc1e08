package dev.versicle.remote;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.body;
import static dev.versicle.git.House.draft;

import dev.versicle.git.House;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.VersionRef;
import java.util.List;
import java.util.Optional;

/** Histories that this server made. */
final class Histories {
    private Histories() {}

    private static Metadata displayed(String text) {
        return new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion(text)), Optional.empty(), Optional.empty());
    }

    /** An overwritten slot, a deleted version, display versions, edited metadata, a release, and a draft. */
    static PromptId everything(House house) {
        PromptId id = house.create("theirs", "zero");
        house.save(id, draft("one", new Draft.Slot.Exactly(1), displayed("a")));
        house.tick(1);
        house.save(id, draft("two before", new Draft.Slot.Next(), displayed("a")));
        house.tick(1);
        house.save(id, draft("three", new Draft.Slot.Next(), displayed("الإصدار")));
        house.save(id, draft("two", new Draft.Slot.Exactly(2), displayed("b")));
        house.save(id, draft("four", new Draft.Slot.Next(), displayed("c")));
        house.save(id, draft("seven", new Draft.Slot.Exactly(7), displayed("d")));
        house.prompts.deleteVersion(ALICE, id, 4);
        house.save(
                id,
                new Draft(
                        body("released"),
                        new Draft.Slot.Next(),
                        Optional.of(SemVer.parse("1.2.3")),
                        displayed("e"),
                        Source.CHECKPOINT));
        house.prompts.edit(
                ALICE,
                id,
                new VersionRef.Numbered(2),
                new MetadataEdit(new Field.Keep<>(), new Field.Set<>("Titled ☕"), new Field.Set<>("Told.")),
                Expected.NOTHING);
        house.prompts.saveDraft(ALICE, id, new PromptText("not yet"));
        return id;
    }

    /** All that is told of its versions. */
    static List<String> told(House house, PromptId id) {
        return house.prompts.versions(ALICE, id, new Page.Window(1, 100)).items().stream()
                .map(version -> version.snapshot() + " " + version.edition() + " "
                        + house.prompts.pointers(ALICE, id, version.commit()).releases())
                .toList();
    }
}
