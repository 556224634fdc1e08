package dev.versicle.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may do what, among the fields of a file: {@code owner}, {@code visibility}, {@code grants},
 * {@code protected_environments}.
 */
final class AccessCodec {
    private static final String OWNER = "owner";
    private static final String VISIBILITY = "visibility";
    private static final String GRANTS = "grants";

    private static final String GUARDED = "protected_environments";

    private AccessCodec() {}

    static void write(PromptSettings.Access access, ObjectNode file) {
        file.put(OWNER, access.owner());
        file.put(VISIBILITY, access.visibility().text());
        ObjectNode grants = file.putObject(GRANTS);
        access.grants().forEach((subject, right) -> grants.put(subject, right.name()));
        file.remove(GUARDED);
        if (!access.guarded().isEmpty()) {
            ArrayNode guarded = file.putArray(GUARDED);
            access.guarded().forEach(name -> guarded.add(name.text()));
        }
    }

    static PromptSettings.Access read(JsonNode file) throws IOException {
        Map<String, Right> grants = new HashMap<>();
        file.path(GRANTS)
                .properties()
                .forEach(field -> grants.put(
                        field.getKey(), Right.valueOf(field.getValue().asText())));
        SortedSet<EnvironmentName> guarded = new TreeSet<>();
        file.path(GUARDED).forEach(name -> guarded.add(new EnvironmentName(name.asText())));
        return new PromptSettings.Access(Json.require(file, OWNER), visibility(file), grants, guarded);
    }

    private static Visibility visibility(JsonNode file) throws IOException {
        return Visibility.valueOf(Json.require(file, VISIBILITY).toUpperCase(Locale.ROOT));
    }
}
