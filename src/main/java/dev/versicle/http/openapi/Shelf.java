package dev.versicle.http.openapi;

import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The page and all that it loads, read from the class path when it is first asked for (about 2 MB). A name that is not
 * listed here is not there: no name that a caller chose becomes a path.
 */
@Singleton
final class Shelf {
    private static final String OURS = "/openapi/";
    private static final List<String> OUR_FILES = List.of("page.js", "page.css", "icon.svg");
    private static final String DOCUMENTS_MARK = "<!-- documents -->";

    private static final String DRAWER = "/META-INF/resources/webjars/swagger-ui/";
    private static final String DRAWER_POM = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final List<String> DRAWER_FILES =
            List.of("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js");

    private static final Map<String, String> TYPES = Map.of(
            "yaml", "application/yaml",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");

    private final Asset page;
    private final Map<String, Asset> files;

    Shelf() {
        page = Asset.of(page().getBytes(StandardCharsets.UTF_8), "text/html;charset=utf-8");
        Map<String, Asset> found = new HashMap<>();
        Arrays.stream(ApiDocument.values()).map(ApiDocument::file).forEach(file -> found.put(file, asset(OURS, file)));
        OUR_FILES.forEach(file -> found.put(file, asset(OURS, file)));
        String drawer = DRAWER + drawerVersion() + "/";
        DRAWER_FILES.forEach(file -> found.put(file, asset(drawer, file)));
        files = Map.copyOf(found);
    }

    Asset html() {
        return page;
    }

    Optional<Asset> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** The page, whose head links to each document. */
    private static String page() {
        String links = Arrays.stream(ApiDocument.values())
                .map(document -> "<link rel=\"alternate\" type=\"application/yaml\" href=\"openapi/" + document.file()
                        + "\" title=\"" + document.title() + "\">")
                .collect(Collectors.joining("\n  "));
        return new String(read(OURS + "page.html"), StandardCharsets.UTF_8).replace(DOCUMENTS_MARK, links);
    }

    /** The directory of a webjar has its version in it, which its pom tells, in the shaded jar too. */
    private static String drawerVersion() {
        try (InputStream in = open(DRAWER_POM)) {
            Properties pom = new Properties();
            pom.load(in);
            return pom.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Asset asset(String directory, String file) {
        String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/octet-stream");
        return Asset.of(read(directory + file), type);
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = Shelf.class.getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException(resource);
        }
        return in;
    }
}
