package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.http.JsonBody;
import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NamespaceDesk;
import dev.versicle.prompt.NamespaceSettings;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;

/** What holds for a whole namespace: its readers see it, its writers change it. */
@Controller(V1Errors.PATH + "/namespaces/{namespace}")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1NamespacesController {
    private final NamespaceDesk desk;

    V1NamespacesController(NamespaceDesk desk) {
        this.desk = desk;
    }

    /** A namespace and its settings. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record NamespaceJson(String namespace, boolean kustomization) {
        static NamespaceJson of(Namespace namespace, NamespaceSettings settings) {
            return new NamespaceJson(namespace.text(), settings.kustomization());
        }
    }

    /** The settings; a namespace that nobody has used yet has what all begin with. */
    @Get
    NamespaceJson settings(Caller caller, String namespace) {
        Namespace home = new Namespace(namespace);
        return NamespaceJson.of(home, desk.settings(caller, home));
    }

    /** Makes the settings these; what is absent is off. */
    @Put
    NamespaceJson change(Caller caller, String namespace, @Body byte[] body) {
        Namespace home = new Namespace(namespace);
        NamespaceSettings settings = new NamespaceSettings(
                JsonBody.read(body).flag("kustomization").orElse(NamespaceSettings.DEFAULT.kustomization()));
        return NamespaceJson.of(home, desk.change(caller, home, settings));
    }
}
