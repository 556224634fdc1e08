package dev.versicle.prompt;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A request to save a version: what, where, under which release, and what people say about it. */
public record Draft(Content content, Slot slot, Optional<SemVer> release, Metadata metadata, Source source) {
    /** The highest number a version may have. */
    public static final int NUMBER_MAX = Integer.MAX_VALUE - 1;

    /** What the version shall hold. */
    public sealed interface Content {
        /** The prompt's current body, sealed. */
        record Current() implements Content {}

        /** The body alone; the other files of the tree it builds on stay. */
        record Body(PromptText text) implements Content {}

        /** The body, and the models that the prompt is for; the other files stay. */
        record Template(PromptText text, SortedSet<ModelName> models) implements Content {
            public Template {
                models = Collections.unmodifiableSortedSet(new TreeSet<>(models));
            }
        }

        /** The whole tree. */
        record Files(PromptFiles files) implements Content {}
    }

    /** Which number the version shall have. */
    public sealed interface Slot {
        /** One more than was ever given. */
        record Next() implements Slot {}

        /** This number, overwriting what is there; nothing of it is lost. */
        record Exactly(int number) implements Slot {
            public Exactly {
                checkNumber(number);
            }
        }

        /** This number like {@link Exactly}, keeping who made the slot and when. */
        record InPlace(int number) implements Slot {
            public InPlace {
                checkNumber(number);
            }
        }

        /** The latest version like {@link InPlace}; 1 where there is none. */
        record LatestInPlace() implements Slot {}
    }

    /** Whether the slot keeps who made it and when. */
    public boolean isInPlace() {
        return slot instanceof Slot.InPlace || slot instanceof Slot.LatestInPlace;
    }

    /** The models that the version shall be for, where it says so. */
    public Collection<ModelName> models() {
        return content instanceof Content.Template template ? template.models() : List.of();
    }

    /** The number that the first version of a new prompt gets. */
    public int firstNumber() {
        return switch (slot) {
            case Slot.Next ignored -> 1;
            case Slot.Exactly exactly -> exactly.number();
            case Slot.InPlace inPlace -> inPlace.number();
            case Slot.LatestInPlace ignored -> 1;
        };
    }

    private static void checkNumber(int number) {
        if (number < 1 || number > NUMBER_MAX) {
            throw Texts.invalid("version", "must be from 1 to " + NUMBER_MAX);
        }
    }

    /** A checkpoint of the current body under the next number, without metadata. */
    public static Draft checkpoint(Content content) {
        return new Draft(content, new Slot.Next(), Optional.empty(), Metadata.NONE, Source.CHECKPOINT);
    }
}
