package dev.versicle;

import dev.versicle.auth.ApiKeyText;
import dev.versicle.prompt.Prompts;
import dev.versicle.storage.local.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a start prints: where the server is, what it keeps, and how to be let in. */
final class Banner {
    private Banner() {}

    static String of(Server server) {
        DataDirectory data = server.part(DataDirectory.class);
        String fresh =
                server.part(ServerKeys.class).administrator().map(Banner::fresh).orElse("");
        return """

                Versicle keeps prompts in Git
                  address            %s
                  data directory     %s
                  prompts            %d
                  Java               %s
                  administrator key  %s
                %s""".formatted(
                        server.address(),
                        data.root(),
                        server.part(Prompts.class).count(),
                        Runtime.version(),
                        place(data.adminKey()),
                        fresh);
    }

    private static String place(Path file) {
        return Files.exists(file) ? file.toString() : "not kept here";
    }

    private static String fresh(ApiKeyText key) {
        return """

                First start. This is the administrator's API key; it is printed only now:

                  %s

                """.formatted(key.text());
    }
}
