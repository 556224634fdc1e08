package dev.versicle.prompt;

import java.util.Optional;

/** Who may see what is told of a prompt. */
sealed interface Audience {
    /** Of a prompt that is there: who may read it. */
    record Readers(Namespace home, PromptSettings.Access access) implements Audience {
        @Override
        public boolean includes(Caller caller, Event event) {
            return access.allows(caller, home, Right.READ);
        }
    }

    /**
     * Of a prompt that is not there any more: who could read it when it was deleted, as far as the log tells that; the
     * members of its namespace and administrators in any case.
     */
    record FormerReaders(Optional<Event> deletion) implements Audience {
        static final FormerReaders UNKNOWN = new FormerReaders(Optional.empty());

        @Override
        public boolean includes(Caller caller, Event event) {
            return reads(caller, event.prompt().namespace())
                    || deletion.filter(last -> last.number() >= event.number())
                            .map(last -> last.fact() instanceof Event.Deleted deleted && couldRead(caller, deleted))
                            .orElse(false);
        }

        private static boolean reads(Caller caller, Namespace home) {
            boolean member = caller.has(Role.READER) || caller.has(Role.WRITER);
            return caller.has(Role.ADMIN) || (member && caller.namespace().equals(home));
        }

        private static boolean couldRead(Caller caller, Event.Deleted deleted) {
            boolean named = !caller.has(Role.NOBODY) && deleted.readers().contains(caller.subject());
            return named || deleted.open();
        }
    }

    boolean includes(Caller caller, Event event);
}
