package dev.versicle;

import dev.versicle.storage.local.DataDirectoryRefused;
import io.micronaut.context.exceptions.DependencyInjectionException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sentence for an operator in what a failed start threw, however deep the framework wrapped it. */
final class Refusals {
    private static final Pattern UNCONVERTED =
            Pattern.compile("property value \\[versicle\\.([a-z-]+)\\]\\. Unable to convert");

    private Refusals() {}

    static Optional<String> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> sentence(cause).stream())
                .findFirst();
    }

    private static Optional<String> sentence(Throwable cause) {
        return switch (cause) {
            case StartRefused refused -> Optional.ofNullable(refused.getMessage());
            case DataDirectoryRefused refused -> Optional.ofNullable(refused.getMessage());
            case DependencyInjectionException failed -> notANumber(failed);
            case BindException taken ->
                Optional.of("Cannot listen where VERSICLE_HOST and VERSICLE_PORT say: " + taken.getMessage() + ".");
            case UnresolvedAddressException unknown -> Optional.of("VERSICLE_HOST is no address of this machine.");
            default -> Optional.empty();
        };
    }

    /** Micronaut tells only in its text which setting it could not convert; of ours, numbers alone can fail. */
    private static Optional<String> notANumber(DependencyInjectionException failed) {
        Matcher matcher = UNCONVERTED.matcher(String.valueOf(failed.getMessage()));
        return matcher.find()
                ? Optional.of(Settings.variable(matcher.group(1)) + " must be a whole number.")
                : Optional.empty();
    }
}
