package dev.versicle.prompt;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a prompt is apart from its versions: whose it is, what it is called, who may do what.
 */
public record PromptSettings(
        Identity identity, Optional<String> description, SortedSet<Tag> tags, Access access, Creation creation) {
    public static final int DESCRIPTION_CHARACTERS_MAX = 10_000;
    public static final int TAGS_MAX = 200;

    /**
     * What a prompt is called.
     *
     * @param formerNames names it had before, newest last
     */
    public record Identity(Namespace namespace, PromptName name, List<String> formerNames) {
        public Identity {
            formerNames = List.copyOf(formerNames);
        }
    }

    /**
     * Who may do what.
     *
     * @param owner the subject that has every right
     * @param grants the highest right of each further subject
     * @param guarded the environments that only who has {@link Right#PROMOTE} moves; some of them may not be there
     */
    public record Access(
            String owner, Visibility visibility, Map<String, Right> grants, SortedSet<EnvironmentName> guarded) {
        public static final int GRANTS_MAX = 1_000;

        public Access {
            grants = Map.copyOf(grants);
            guarded = Collections.unmodifiableSortedSet(new TreeSet<>(guarded));
            requireGuarded(guarded);
        }

        /** Where no environment is guarded. */
        public Access(String owner, Visibility visibility, Map<String, Right> grants) {
            this(owner, visibility, grants, Collections.emptySortedSet());
        }

        static void requireGuarded(SortedSet<EnvironmentName> environments) {
            if (environments.size() > Environment.PER_PROMPT_MAX) {
                throw Texts.invalid("protected_environments", "must be at most " + Environment.PER_PROMPT_MAX);
            }
        }

        private static void requireSubject(String subject) {
            if (subject.isBlank()) {
                throw Texts.invalid("grants", "must not name a blank principal");
            }
            Texts.line("grants", subject, Caller.CHARACTERS_MAX);
        }

        /** Who could read what is deleted now. */
        public Event.Deleted deleted() {
            Set<String> readers = new HashSet<>(grants.keySet());
            readers.add(owner);
            return new Event.Deleted(readers, visibility == Visibility.PUBLIC);
        }

        /** Whether {@code caller} has {@code right} on what belongs to namespace {@code home}. */
        boolean allows(Caller caller, Namespace home, Right right) {
            if (caller.has(Role.NOBODY)) {
                return right == Right.READ && visibility == Visibility.PUBLIC;
            }
            if (caller.has(Role.ADMIN) || owner.equals(caller.subject())) {
                return true;
            }
            return right.compareTo(highest(caller, home)) <= 0 && may(caller, home, right);
        }

        private Right highest(Caller caller, Namespace home) {
            Right granted = grants.getOrDefault(caller.subject(), Right.READ);
            boolean writes = caller.has(Role.WRITER) && caller.namespace().equals(home);
            return writes && granted.compareTo(Right.UPDATE) < 0 ? Right.UPDATE : granted;
        }

        private boolean may(Caller caller, Namespace home, Right right) {
            boolean member = caller.namespace().equals(home) && (caller.has(Role.READER) || caller.has(Role.WRITER));
            boolean open = right == Right.READ && visibility == Visibility.PUBLIC;
            return member || open || grants.containsKey(caller.subject());
        }
    }

    public record Creation(String by, Instant at) {}

    public PromptSettings {
        description = description.filter(text -> !text.isBlank());
        description.ifPresent(text -> Texts.block("description", text, DESCRIPTION_CHARACTERS_MAX));
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        requireTags(tags);
    }

    static void requireTags(SortedSet<Tag> tags) {
        if (tags.size() > TAGS_MAX) {
            throw Texts.invalid("tags", "must be at most " + TAGS_MAX);
        }
    }

    /** A new prompt's, whose owner is who makes it. */
    static PromptSettings of(Caller caller, NewPrompt wanted, Instant now) {
        return new PromptSettings(
                new Identity(caller.namespace(), wanted.name(), List.of()),
                wanted.description(),
                wanted.tags(),
                new Access(caller.subject(), wanted.visibility(), Map.of()),
                new Creation(caller.subject(), now));
    }

    public Namespace namespace() {
        return identity.namespace();
    }

    public PromptName name() {
        return identity.name();
    }

    /** Whether {@code caller} has {@code right} here, by role, ownership, grant or visibility. */
    public boolean allows(Caller caller, Right right) {
        return access.allows(caller, namespace(), right);
    }

    public PromptSettings renamed(PromptName name) {
        if (name.equals(name())) {
            return this;
        }
        List<String> former = Stream.concat(
                        identity.formerNames().stream().filter(old -> !old.equals(name.text())),
                        Stream.of(name().text()))
                .toList();
        return new PromptSettings(new Identity(namespace(), name, former), description, tags, access, creation);
    }

    /** The same prompt in another namespace; the names it had stay behind, where nobody finds it any more. */
    public PromptSettings moved(Namespace namespace) {
        return namespace.equals(namespace())
                ? this
                : new PromptSettings(new Identity(namespace, name(), List.of()), description, tags, access, creation);
    }

    /** The same prompt as the caller's own, in the caller's namespace, where nobody was granted anything on it. */
    PromptSettings handedTo(Caller caller) {
        return moved(caller.namespace())
                .with(new Access(caller.subject(), access.visibility(), Map.of(), access.guarded()));
    }

    public PromptSettings seen(Visibility visibility) {
        return with(new Access(access.owner(), visibility, access.grants(), access.guarded()));
    }

    /** The same prompt with these grants and no others. */
    public PromptSettings granting(Map<String, Right> grants) {
        grants.keySet().forEach(Access::requireSubject);
        if (grants.size() > Access.GRANTS_MAX) {
            throw Texts.invalid("grants", "must be at most " + Access.GRANTS_MAX);
        }
        return with(new Access(access.owner(), access.visibility(), grants, access.guarded()));
    }

    /** The same prompt, of which these environments and no others are guarded. */
    public PromptSettings guarding(SortedSet<EnvironmentName> environments) {
        return with(new Access(access.owner(), access.visibility(), access.grants(), environments));
    }

    /** What it takes to move or drop an environment. */
    public Right rightToMove(EnvironmentName environment) {
        return access.guarded().contains(environment) ? Right.PROMOTE : Right.UPDATE;
    }

    private PromptSettings with(Access changed) {
        return new PromptSettings(identity, description, tags, changed, creation);
    }

    /** The same prompt with these tags and no others. */
    public PromptSettings tagged(SortedSet<Tag> all) {
        return new PromptSettings(identity, description, all, access, creation);
    }

    public PromptSettings described(Optional<String> text) {
        return new PromptSettings(identity, text, tags, access, creation);
    }

    public PromptSettings tagged(TagEdit edit) {
        return new PromptSettings(identity, description, edit.applyTo(tags), access, creation);
    }
}
