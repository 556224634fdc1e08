package dev.versicle.http.orkes;

import dev.versicle.http.RawPath;
import dev.versicle.prompt.PromptName;
import io.micronaut.http.HttpRequest;

/**
 * Names in paths, where {@code +} is a blank, {@code %2B} a plus and {@code %2F} a part of the name: the Java SDK
 * writes names as forms do, the JS SDK as paths.
 */
final class OrkesPath {
    private OrkesPath() {}

    /** The name that the framework has read from the request's path, with {@code U+FFFD} for what was no UTF-8. */
    static PromptName name(HttpRequest<?> request, String read) {
        RawPath.of(request).requireUtf8("name");
        return new PromptName(read);
    }
}
