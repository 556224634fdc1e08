package dev.versicle.prompt;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A change to a prompt's tags: what is there already is not added twice, what is not there is not missed. */
public record TagEdit(Set<Tag> added, Set<Tag> removed) {
    public TagEdit {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
    }

    public static TagEdit add(List<Tag> tags) {
        return new TagEdit(new TreeSet<>(tags), Set.of());
    }

    public static TagEdit remove(List<Tag> tags) {
        return new TagEdit(Set.of(), new TreeSet<>(tags));
    }

    SortedSet<Tag> applyTo(SortedSet<Tag> before) {
        SortedSet<Tag> after = new TreeSet<>(before);
        after.removeAll(removed);
        after.addAll(added);
        return after;
    }
}
