package dev.versicle.http.orkes;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptName;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.security.filters.SecurityFilter;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives an endpoint its {@code PromptName name} from the path, where {@code +} is a blank, <code>%2B</code> a plus and
 * <code>%2F</code> a part of the name: the Java SDK writes names as forms do, the JS SDK as paths. Read from what came
 * over the wire, since the framework would take bytes that are no UTF-8 for U+FFFD.
 */
@Singleton
final class NamesInPaths implements TypedRequestArgumentBinder<PromptName> {
    /** A variable as the templates here write it; its pattern has a slash, at which a template must not be cut. */
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+):\\[\\^/]\\+}");

    private static final char ESCAPE = '%';
    private static final int HEX = 16;

    @Override
    public Argument<PromptName> argumentType() {
        return Argument.of(PromptName.class);
    }

    @Override
    public BindingResult<PromptName> bind(ArgumentConversionContext<PromptName> context, HttpRequest<?> request) {
        // Not before the lock has judged: who may not come in is not told what is wrong with a name.
        if (!request.getAttributes().contains(SecurityFilter.KEY)) {
            return BindingResult.unsatisfied();
        }
        Optional<PromptName> name = BasicHttpAttributes.getUriTemplate(request)
                .map(template -> segments(VARIABLE.matcher(template).replaceAll("{$1}")))
                .map(template -> template.indexOf("{" + context.getArgument().getName() + "}"))
                .map(segment -> segments(request.getUri().getRawPath()).get(segment))
                .map(text -> new PromptName(decode(text)));
        return () -> name;
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    private static String decode(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == ESCAPE) {
                bytes.put((byte) Integer.parseInt(segment, i + 1, i + 3, HEX));
                i += 2;
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new PromptException(new Problem.Invalid("name", "must be well-formed UTF-8, percent-encoded"));
        }
    }
}
