package dev.versicle;

import dev.versicle.storage.local.DataDirectoryRefused;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;

/** The sentence for an operator in what a failed start threw, however deep the framework wrapped it. */
final class Refusals {
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
            case ConversionErrorException wrong ->
                Optional.of(Settings.variable(wrong.getArgument().getName()) + " must be "
                        + kind(wrong.getArgument().getType()) + ".");
            case BindException taken ->
                Optional.of("Cannot listen where VERSICLE_HOST and VERSICLE_PORT say: " + taken.getMessage() + ".");
            case UnresolvedAddressException unknown -> Optional.of("VERSICLE_HOST is no address of this machine.");
            case UnknownHostException unknown -> Optional.of("VERSICLE_HOST is no address of this machine.");
            default -> Optional.empty();
        };
    }

    private static String kind(Class<?> type) {
        return type == int.class ? "a whole number" : "a well-formed " + type.getSimpleName();
    }
}
