package dev.versicle.git;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version's commit message: a subject for people, the description to the byte, and a last paragraph of headers.
 *
 * <p>The last paragraph is headers only if every line has a known key. Headers hold no empty line, so the last empty
 * line of the message divides them off, whatever the description contains; the subject is one line, so the first empty
 * line ends it.
 */
final class CommitCodec {
    private static final String VERSION = "Version";
    private static final String LABEL = "Label";
    private static final String TITLE = "Title";
    private static final String DISPLAY_VERSION = "Display-Version";
    private static final String DISPLAY_VERSION_AT = "Display-Version-At";
    private static final String RELEASE = "Release";
    private static final String SOURCE = "Source";
    private static final String CREATED_BY = "Created-By";
    private static final String CREATED_AT = "Created-At";
    private static final Set<String> KEYS =
            Set.of(VERSION, LABEL, TITLE, DISPLAY_VERSION, DISPLAY_VERSION_AT, RELEASE, SOURCE, CREATED_BY, CREATED_AT);

    /** What the server alone says of a version. */
    private static final List<String> RESERVED = List.of(VERSION, RELEASE, SOURCE, CREATED_BY, CREATED_AT);

    private static final String GAP = "\n\n";
    private static final Pattern EMPTY_LINE = Pattern.compile("\\n[ \\t\\r]*\\n");
    private static final char REPLACEMENT = '\ufffd';

    private CommitCodec() {}

    /** Writes the message of a commit that the server makes; it has a number, or a title and is no version. */
    static String write(VersionMessage message) {
        Metadata metadata = message.metadata();
        String subject = metadata.title()
                .or(metadata::label)
                .orElseGet(() -> "Version " + message.number().orElseThrow());
        Headers headers = new Headers()
                .with(VERSION, message.number())
                .with(LABEL, metadata.label())
                .with(TITLE, metadata.title())
                .with(DISPLAY_VERSION, metadata.displayVersion())
                .with(DISPLAY_VERSION_AT, message.displayedAt().map(Moments::write))
                .with(RELEASE, message.release())
                .with(SOURCE, message.made().source().text())
                .with(CREATED_BY, message.made().createdBy())
                .with(CREATED_AT, message.made().createdAt().map(Moments::write));
        String description = metadata.description().map(text -> GAP + text).orElse("");
        return subject + description + GAP + headers.write();
    }

    /** The headers of a message that the server alone may write. */
    static List<String> reserved(String message) {
        Headers headers = parts(message).headers();
        return RESERVED.stream().filter(key -> headers.value(key).isPresent()).toList();
    }

    /** Reads any commit's message; what it does not say, or says wrongly, is absent. */
    static VersionMessage read(String message) {
        Parts parts = parts(message);
        return read(parts.prose(), parts.headers());
    }

    private record Parts(String prose, Headers headers) {}

    private static Parts parts(String message) {
        // Git lets a commit have NUL, and complains; we carry it nowhere.
        String whole = message.replace('\0', REPLACEMENT);
        String text = whole.endsWith("\n") ? whole.substring(0, whole.length() - 1) : whole;
        int gap = text.lastIndexOf(GAP);
        Optional<Headers> headers = gap < 0 ? Optional.empty() : Headers.read(text.substring(gap + GAP.length()), KEYS);
        String prose = headers.isPresent() ? text.substring(0, gap) : text;
        return new Parts(prose, headers.orElseGet(Headers::new));
    }

    private static VersionMessage read(String prose, Headers headers) {
        Optional<Integer> number = headers.value(VERSION).flatMap(CommitCodec::number);
        Prose parts = number.isPresent() ? ours(prose) : pushed(prose);
        Optional<String> title = headers.value(TITLE);
        Metadata metadata = new Metadata(
                headers.value(LABEL).map(CommitCodec::line),
                headers.value(DISPLAY_VERSION).flatMap(value -> checked(value, DisplayVersion::new)),
                (number.isPresent() ? title : title.or(() -> Optional.of(parts.subject()))).map(CommitCodec::line),
                parts.description().map(value -> cut(value, Metadata.DESCRIPTION_CHARACTERS_MAX)));
        return new VersionMessage(
                number,
                metadata,
                headers.value(DISPLAY_VERSION_AT).flatMap(Moments::read),
                headers.value(RELEASE).flatMap(value -> checked(value, SemVer::parse)),
                made(headers));
    }

    private record Prose(String subject, Optional<String> description) {}

    private static Prose ours(String prose) {
        int end = prose.indexOf(GAP);
        return end < 0
                ? new Prose(prose, Optional.empty())
                : new Prose(prose.substring(0, end), Optional.of(prose.substring(end + GAP.length())));
    }

    /** As Git shows it: empty lines in front do not count, and a line of white space is an empty one. */
    private static Prose pushed(String prose) {
        String text = withoutEmptyLines(prose);
        Matcher gap = EMPTY_LINE.matcher(text);
        return gap.find()
                ? new Prose(
                        text.substring(0, gap.start()).strip(),
                        Optional.of(withoutEmptyLines(text.substring(gap.end())).stripTrailing()))
                : new Prose(text.strip(), Optional.empty());
    }

    private static String withoutEmptyLines(String text) {
        int start = 0;
        for (int end = text.indexOf('\n');
                end >= 0 && text.substring(start, end).isBlank(); ) {
            start = end + 1;
            end = text.indexOf('\n', start);
        }
        return text.substring(start);
    }

    private static VersionMessage.Made made(Headers headers) {
        Optional<Instant> createdAt = headers.value(CREATED_AT).flatMap(Moments::read);
        Source source = headers.value(SOURCE).flatMap(Source::find).orElse(Source.CHECKPOINT);
        return new VersionMessage.Made(source, headers.value(CREATED_BY), createdAt);
    }

    private static Optional<Integer> number(String value) {
        return checked(value, Integer::parseInt).filter(number -> number >= 1 && number <= Draft.NUMBER_MAX);
    }

    private static <T> Optional<T> checked(String value, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(value));
        } catch (PromptException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A pushed subject may be longer than a title and run over several lines. */
    private static String line(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        return cut(line.toString(), Metadata.TITLE_CHARACTERS_MAX);
    }

    private static String cut(String text, int charactersMax) {
        return text.codePointCount(0, text.length()) <= charactersMax
                ? text
                : text.substring(0, text.offsetByCodePoints(0, charactersMax));
    }
}
