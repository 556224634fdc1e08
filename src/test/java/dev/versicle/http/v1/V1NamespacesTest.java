package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.TestServer;
import dev.versicle.prompt.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A namespace's settings over HTTP; who may do what is in {@link V1MatrixTest} and at Git's door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class V1NamespacesTest {
    private TestServer server;
    private V1Client writer;
    private V1Client reader;
    private V1Client admin;

    @BeforeAll
    void start(@TempDir Path data) {
        server = TestServer.start(data);
        writer = V1Client.of(server, TestServer.caller("writer", Role.WRITER));
        reader = V1Client.of(server, TestServer.caller("reader", Role.READER));
        admin = V1Client.bearing(server, server.adminKey());
    }

    @AfterAll
    void stop() {
        writer.close();
        reader.close();
        admin.close();
        server.close();
    }

    @Test
    void aWriterChangesWhatAReaderSees() {
        assertEquals(
                "true",
                writer.put("/namespaces/default", Map.of("kustomization", true))
                        .being(200)
                        .get("kustomization"));
        assertEquals("true", reader.get("/namespaces/default").being(200).get("kustomization"));
        reader.put("/namespaces/default", Map.of("kustomization", false)).being(403);
        assertEquals(
                "false", writer.put("/namespaces/default", Map.of()).being(200).get("kustomization"));
    }

    @Test
    void aNamespaceThatNobodyUsedHasWhatAllBeginWith() {
        assertEquals("false", admin.get("/namespaces/unused").being(200).get("kustomization"));
        assertEquals("unused", admin.get("/namespaces/unused").being(200).get("namespace"));
    }

    @Test
    void whatIsNoSettingAndNoNamespaceIsRefused() {
        writer.put("/namespaces/default", Map.of("kustomization", "yes")).being(422);
        admin.get("/namespaces/NO").being(422);
    }
}
