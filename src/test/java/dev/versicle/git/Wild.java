package dev.versicle.git;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Texts that people would not write and programs do, made from a seed. */
final class Wild {
    private static final List<String> PIECES = List.of(
            "\n\n",
            "\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "  ",
            ": ",
            " : ",
            ":",
            "Version: 9",
            "Version: x",
            "Deleted: true",
            "Title: other",
            "Label: other",
            "Display-Version: v9",
            "Updated-By: eve",
            "Release: 9.9.9",
            "Source: ai_apply",
            "Created-By: eve",
            "Created-At: 2020-01-01T00:00:00.000Z",
            "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            "parent",
            "gpgsig ",
            "encoding ISO-8859-1",
            "-----BEGIN PGP SIGNATURE-----",
            "🎈",
            "👩‍👩‍👧",
            "e\u0301",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\u200b",
            "\u00a0",
            "\u00e9",
            "日本語",
            "مرحبا",
            "\\",
            "\"",
            "<",
            ">",
            "#",
            ".",
            "word",
            "a",
            "\u001b",
            "\u0001",
            "\ud83c\udff4\udb40\udc67");

    private final RandomGenerator random;

    Wild(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String block(int charactersMax) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(24);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(50) == 0) {
            text.append("é\n".repeat(charactersMax / 2));
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.min(charactersMax, points(text))));
    }

    private static int points(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    /** One line without control characters, as labels and titles are. */
    String line(int charactersMax) {
        StringBuilder line = new StringBuilder();
        block(charactersMax)
                .codePoints()
                .filter(c -> !Character.isISOControl(c))
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    Metadata metadata() {
        return new Metadata(
                maybe(line(Metadata.LABEL_CHARACTERS_MAX)),
                maybe(line(DisplayVersion.CHARACTERS_MAX))
                        .filter(text -> !text.isBlank())
                        .map(DisplayVersion::new),
                maybe(line(Metadata.TITLE_CHARACTERS_MAX)),
                maybe(block(Metadata.DESCRIPTION_CHARACTERS_MAX)));
    }

    Optional<String> maybe(String text) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(text);
    }

    /** Anything that bytes can be read as, NUL too. */
    String chaos() {
        StringBuilder text = new StringBuilder(block(20_000));
        int more = random.nextInt(40);
        for (int i = 0; i < more; i++) {
            text.insert(random.nextInt(text.length() + 1), (char) random.nextInt(random.nextBoolean() ? 64 : 0x10000));
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
