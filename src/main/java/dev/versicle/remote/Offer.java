package dev.versicle.remote;

import dev.versicle.remote.Packets.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server says it has.
 *
 * @param refs ids by the names of their refs, {@code HEAD} among them
 * @param head the ref that HEAD leads to, where the server tells
 * @param capabilities what it can do beyond that, in protocol 0
 */
record Offer(Map<String, String> refs, Optional<String> head, Set<String> capabilities) {
    static final int REFS_MAX = 100_000;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
    private static final String HEAD = "HEAD";
    private static final String HEAD_TARGET = "symref=" + HEAD + ":";
    private static final String TARGET = "symref-target:";
    private static final String PEELED = "^{}";
    private static final String SHALLOW = "shallow ";

    /** What the answer to {@code ls-refs} lists. */
    static Offer listed(Packets in) throws IOException {
        Map<String, String> refs = new HashMap<>();
        Optional<String> head = Optional.empty();
        while (in.next() == Kind.DATA) {
            List<String> words = Arrays.asList(in.text().split(" ", -1));
            add(refs, words);
            if (words.get(1).equals(HEAD)) {
                head = target(words);
            }
        }
        return new Offer(refs, head, Set.of());
    }

    private static Optional<String> target(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith(TARGET))
                .findFirst()
                .map(word -> word.substring(TARGET.length()));
    }

    /** What protocol 0 advertises; its first line is read already. */
    static Offer advertised(Packets in) throws IOException {
        Map<String, String> refs = new HashMap<>();
        Set<String> capabilities = capabilities(in.text());
        for (Kind kind = Kind.DATA; kind == Kind.DATA; kind = in.next()) {
            String line = in.text().split("\0", 2)[0];
            if (!line.endsWith(PEELED) && !line.startsWith(SHALLOW)) {
                add(refs, Arrays.asList(line.split(" ", -1)));
            }
        }
        Optional<String> head = capabilities.stream()
                .filter(word -> word.startsWith(HEAD_TARGET))
                .findFirst()
                .map(word -> word.substring(HEAD_TARGET.length()));
        return new Offer(refs, head, capabilities);
    }

    /** Behind the first ref. */
    private static Set<String> capabilities(String line) {
        return Stream.of(line.split("\0", 2))
                .skip(1)
                .flatMap(text -> Stream.of(text.split(" ", -1)))
                .collect(Collectors.toSet());
    }

    private static void add(Map<String, String> refs, List<String> words) {
        if (words.size() < 2 || !ID.matcher(words.getFirst()).matches()) {
            throw Packets.failed("names its refs in no way that is known here");
        }
        refs.put(words.get(1), words.getFirst());
        if (refs.size() > REFS_MAX) {
            throw Packets.failed("has more than " + REFS_MAX + " refs");
        }
    }
}
