package dev.versicle.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A caller in the system's files, with the roles of the moment when it was written down. */
final class CallerCodec {
    private static final String SUBJECT = "subject";
    private static final String NAME = "name";
    private static final String EMAIL = "email";
    private static final String NAMESPACE = "namespace";
    private static final String ROLES = "roles";

    private CallerCodec() {}

    /** Adds the caller's fields to an object. */
    static void write(Caller caller, ObjectNode into) {
        into.put(SUBJECT, caller.subject());
        caller.name().ifPresent(name -> into.put(NAME, name));
        caller.email().ifPresent(email -> into.put(EMAIL, email));
        into.put(NAMESPACE, caller.namespace().text());
        ArrayNode roles = into.putArray(ROLES);
        caller.roles().stream().map(Role::text).sorted().forEach(roles::add);
    }

    static Caller read(JsonNode from) throws IOException {
        Set<Role> roles = StreamSupport.stream(from.path(ROLES).spliterator(), false)
                .flatMap(role -> Role.find(role.asText()).stream())
                .collect(Collectors.toSet());
        return new Caller(
                Json.require(from, SUBJECT),
                Json.text(from, NAME),
                Json.text(from, EMAIL),
                new Namespace(Json.require(from, NAMESPACE)),
                roles);
    }
}
