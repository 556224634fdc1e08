package dev.versicle.http.orkes;

import dev.versicle.TestServer;
import dev.versicle.auth.ApiKeyText;
import io.orkes.conductor.client.ApiClient;

/** Orkes' own Java SDK with the administrator's key. */
final class JavaSdk {
    private JavaSdk() {}

    static ApiClient client(TestServer server) {
        ApiKeyText key = ApiKeyText.parse(server.adminKey()).orElseThrow();
        return ApiClient.builder()
                .basePath(server.uri("/api").toString())
                .credentials(key.id(), key.secret())
                .build();
    }
}
