package dev.versicle.http.v1;

import dev.versicle.http.JsonBody;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewKey;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Remote;
import dev.versicle.prompt.RemoteImports;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.SettingsEdit;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Tag;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Visibility;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads our own requests. */
final class V1Json {
    /** What prompts.dev takes for a name. Names with folders come by {@code PATCH} and through the other doors. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    private static final char TAG_DIVIDER = ':';

    private V1Json() {}

    /** {@code {name, description?, tags?, visibility?}}. */
    static NewPrompt creation(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        String name = body.required("name");
        if (!NAME.matcher(name).matches()) {
            throw invalid("name", "must match ^" + NAME + "$");
        }
        return new NewPrompt(
                new PromptName(name),
                body.text("description"),
                tags(body),
                body.text("visibility").map(V1Json::visibility).orElse(Visibility.PRIVATE),
                Optional.empty());
    }

    /**
     * Any of {@code {name, namespace, description, tags, visibility, protected_environments}}; a null clears the
     * description alone.
     */
    static SettingsEdit settingsEdit(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        return new SettingsEdit(
                new SettingsEdit.Place(
                        body.text("namespace").map(Namespace::new),
                        body.text("name").map(PromptName::new)),
                body.change("description"),
                body.has("tags") ? Optional.of(tags(body)) : Optional.empty(),
                new SettingsEdit.AccessEdit(
                        body.text("visibility").map(V1Json::visibility),
                        body.has("protected_environments")
                                ? Optional.of(environments(body.texts("protected_environments")))
                                : Optional.empty()));
    }

    private static SortedSet<EnvironmentName> environments(List<String> names) {
        return names.stream().map(V1Json::guarded).collect(Collectors.toCollection(TreeSet::new));
    }

    private static EnvironmentName guarded(String name) {
        return EnvironmentName.find(name)
                .orElseThrow(() -> invalid("protected_environments", "must be names of environments: " + name));
    }

    /**
     * {@code {text | files{path: text}, title?, description?, label?, display_version?, release?}}. Who sends the
     * {@code version} of prompts.dev's upload here is told what is wrong with it, or that the tarball is missing.
     */
    static Draft draft(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        Metadata metadata = new Metadata(
                body.text("label"),
                body.text("display_version").filter(text -> !text.isBlank()).map(DisplayVersion::new),
                body.text("title"),
                body.text("description"));
        Optional<SemVer> release = body.text("release").map(text -> semVer("release", text));
        return new Draft(content(body), new Draft.Slot.Next(), release, metadata, Source.CHECKPOINT);
    }

    /** {@code {url, token?, username?, name, namespace?, description?, visibility?, branch?}}. */
    static RemoteImports.Wanted remoteImport(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        Optional<String> user = body.text("username");
        Optional<Remote.Login> login = body.text("token")
                .map(V1Json::token)
                .map(token -> new Remote.Login(user.orElse(Remote.Login.ANY_USER), token));
        if (user.isPresent() && login.isEmpty()) {
            throw invalid("token", "is required with username");
        }
        NewPrompt prompt = new NewPrompt(
                new PromptName(body.required("name")),
                body.text("description"),
                Collections.emptySortedSet(),
                body.text("visibility").map(V1Json::visibility).orElse(Visibility.PRIVATE),
                Optional.empty());
        Remote from = new Remote(body.required("url"), login, body.text("branch"));
        return new RemoteImports.Wanted(from, prompt, body.text("namespace").map(Namespace::new));
    }

    private static Secret token(String text) {
        try {
            return new Secret(text);
        } catch (PromptException e) {
            throw e.problem() instanceof Problem.Invalid wrong ? invalid("token", wrong.rule()) : e;
        }
    }

    private static Draft.Content content(JsonBody body) {
        Optional<Draft.Content> text = body.text("text").map(PromptText::new).map(Draft.Content.Body::new);
        Optional<Draft.Content> files =
                body.object("files").map(ignored -> new Draft.Content.Files(files(body.textsByName("files"))));
        if (text.isPresent() && files.isPresent()) {
            throw invalid("files", "must not be there beside text");
        }
        return text.or(() -> files).orElseThrow(() -> nothingToSave(body));
    }

    private static PromptException nothingToSave(JsonBody body) {
        Optional<SemVer> version = body.text("version").map(written -> semVer("version", written));
        return version.isPresent()
                ? invalid("tarball", "is required, in a body of multipart/form-data")
                : invalid("text", "is required, or files");
    }

    private static PromptFiles files(Map<String, String> texts) {
        Map<String, PromptFile> files = new TreeMap<>();
        texts.forEach((path, text) -> files.put(path, new PromptFile(utf8(path, text), false)));
        return PromptFiles.of(files);
    }

    private static byte[] utf8(String path, String text) {
        if (text.indexOf('\0') >= 0) {
            throw invalid(path, "must not contain NUL");
        }
        try {
            byte[] bytes = new byte
                    [StandardCharsets.UTF_8
                            .newEncoder()
                            .encode(CharBuffer.wrap(text))
                            .remaining()];
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw invalid(path, "must be well-formed Unicode (it has a lone surrogate)");
        }
    }

    /** Any of {@code {title, description, display_version}}: absent keeps, null and blank clear. */
    static MetadataEdit edit(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        if (!body.has("title") && !body.has("description") && !body.has("display_version")) {
            throw invalid("body", "must have at least one of title, description and display_version");
        }
        return new MetadataEdit(
                displayVersion(change(body, "display_version")), change(body, "title"), change(body, "description"));
    }

    private static Field<String> change(JsonBody body, String field) {
        Field<String> asked = body.change(field);
        return asked instanceof Field.Set<String> set && set.value().isBlank() ? new Field.Clear<>() : asked;
    }

    private static Field<DisplayVersion> displayVersion(Field<String> asked) {
        return switch (asked) {
            case Field.Keep<String> ignored -> new Field.Keep<>();
            case Field.Clear<String> ignored -> new Field.Clear<>();
            case Field.Set<String> set -> new Field.Set<>(new DisplayVersion(set.value()));
        };
    }

    /** {@code {rev}}. */
    static VersionRef restored(byte[] bytes) {
        return new VersionRef.Written(JsonBody.read(bytes).required("rev"));
    }

    /** {@code {rev, message?}}. */
    static EnvironmentDesk.Wish move(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        return new EnvironmentDesk.Wish(new VersionRef.Written(body.required("rev")), body.text("message"));
    }

    /** {@code {variables: {name: value}}}; a value that is no text counts as its JSON, null as none. */
    static Map<String, String> variables(byte[] bytes) {
        return JsonBody.read(bytes).object("variables").map(JsonBody::values).orElseGet(Map::of);
    }

    /** {@code {text}}. */
    static PromptText text(byte[] bytes) {
        return new PromptText(JsonBody.read(bytes).required("text"));
    }

    /** {@code {grants: {principal: right}}}. */
    static Map<String, Right> grants(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        if (body.object("grants").isEmpty()) {
            throw invalid("grants", "is required");
        }
        return body.textsByName("grants").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> right(entry.getValue())));
    }

    /** {@code {name, subject?, namespace?, roles?, expires_at?}}. */
    static NewKey key(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        Set<Role> roles = body.texts("roles").stream().map(V1Json::role).collect(Collectors.toSet());
        return new NewKey(
                body.required("name"),
                body.text("subject"),
                body.text("namespace").map(Namespace::new),
                roles,
                body.text("expires_at").map(text -> instant("expires_at", text)));
    }

    /** A moment in ISO 8601 with its offset. */
    static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(field, "must be an ISO 8601 time in UTC, such as 2026-04-25T10:14:00.000Z");
        }
    }

    /** The release that a field holds. */
    static SemVer semVer(String field, String text) {
        try {
            return SemVer.parse(text);
        } catch (PromptException e) {
            throw e.problem() instanceof Problem.Invalid wrong ? invalid(field, wrong.rule()) : e;
        }
    }

    /** A tag as this dialect writes it: {@code key} or {@code key:value}. */
    static String written(Tag tag) {
        return tag.value().isEmpty() ? tag.key() : tag.key() + TAG_DIVIDER + tag.value();
    }

    private static SortedSet<Tag> tags(JsonBody body) {
        List<String> texts = body.texts("tags");
        return texts.stream().map(V1Json::tag).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Tag tag(String text) {
        int divider = text.indexOf(TAG_DIVIDER);
        return divider < 0 ? new Tag(text, "") : new Tag(text.substring(0, divider), text.substring(divider + 1));
    }

    private static Visibility visibility(String text) {
        return Arrays.stream(Visibility.values())
                .filter(visibility -> visibility.text().equals(text))
                .findFirst()
                .orElseThrow(() -> invalid("visibility", "must be private or public"));
    }

    private static Right right(String text) {
        return Arrays.stream(Right.values())
                .filter(right -> right.name().equals(text))
                .findFirst()
                .orElseThrow(() -> invalid("grants", "must be READ, UPDATE, PROMOTE, DELETE or OWNER"));
    }

    private static Role role(String text) {
        return Role.find(text).orElseThrow(() -> invalid("roles", "must be reader, writer or admin"));
    }

    static PromptException invalid(String field, String rule) {
        return new PromptException(new Problem.Invalid(field, rule));
    }
}
