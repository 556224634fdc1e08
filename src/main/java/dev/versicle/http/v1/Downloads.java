package dev.versicle.http.v1;

import dev.versicle.archive.Spool;
import dev.versicle.archive.SpooledFile;
import dev.versicle.archive.Tarball;
import dev.versicle.http.ETags;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptPackage;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Visibility;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.types.files.StreamedFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends bytes. They are written to a temporary file first: how many they are is known then, and whatever goes wrong
 * goes wrong before the first of them is on its way.
 */
@Singleton
final class Downloads {
    private static final String ASKED_FOR = "private, no-cache";
    /** For the client alone: a prompt that is public may become private. */
    private static final String KEPT = "private, max-age=31536000, immutable";

    static final String GZIP = "application/gzip";

    /**
     * When a file was changed, as the framework wants to know it. It would answer 304 by itself to who names this time,
     * and leave the stream open; nobody can name it.
     */
    private static final long NEVER = Long.MAX_VALUE;

    /** All files, and what tar puts around each. */
    private static final long TARBALL_BYTES_MAX = PromptFiles.TOTAL_BYTES_MAX + (16L << 20);

    private final Prompts prompts;
    private final Spool spool;

    Downloads(Prompts prompts, Spool spool) {
        this.prompts = prompts;
        this.spool = spool;
    }

    /** A release's files as a tarball, which counts as a download. */
    HttpResponse<?> tarball(Names.Named named, SemVer release, HttpRequest<?> request) {
        PromptSettings settings = prompts.settings(named.caller(), named.id());
        Version version = prompts.version(named.caller(), named.id(), new VersionRef.Release(release));
        String etag = "\"" + version.commit() + "-" + release + "\"";
        boolean open = settings.access().visibility() == Visibility.PUBLIC;
        Supplier<SpooledFile> tarball =
                () -> prompts.read(named.caller(), named.id(), new VersionRef.Release(release), this::packed);
        MutableHttpResponse<?> answer = answer(request, etag, version, tarball)
                .header(HttpHeaders.CACHE_CONTROL, (open ? "public" : "private") + ", max-age=31536000, immutable");
        if (answer.status() == HttpStatus.OK) {
            answer.contentType(GZIP)
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            Disposition.attachment(settings.name() + "-" + release + ".tar.gz"));
            count(named, request);
        }
        return answer;
    }

    private void count(Names.Named named, HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.GET) {
            prompts.downloaded(named.id());
        }
    }

    private SpooledFile packed(PromptPackage files) {
        return spooled(TARBALL_BYTES_MAX, out -> Tarball.write(files, out));
    }

    /** One file of a version. */
    HttpResponse<?> file(Names.Named named, VersionRef ref, String path, HttpRequest<?> request) {
        return prompts.read(named.caller(), named.id(), ref, files -> {
            PromptPackage.Entry entry = files.files().stream()
                    .filter(file -> file.path().equals(path))
                    .findFirst()
                    .orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "no such file"));
            Supplier<SpooledFile> bytes = () -> spooled(PromptFile.BYTES_MAX, out -> copy(files, entry, out));
            String name = path.substring(path.lastIndexOf('/') + 1);
            return answer(request, "\"" + entry.id() + "\"", files.version(), bytes)
                    .header(HttpHeaders.CACHE_CONTROL, names(ref, files.version()) ? KEPT : ASKED_FOR)
                    .header("X-Content-Type-Options", "nosniff")
                    .header(HttpHeaders.CONTENT_DISPOSITION, Disposition.attachment(name));
        });
    }

    /** Whether a version was asked for by its commit's whole id, under which its files never change. */
    private static boolean names(VersionRef ref, Version version) {
        return ref.equals(new VersionRef.Written(version.commit().hex()));
    }

    private static void copy(PromptPackage files, PromptPackage.Entry entry, OutputStream out) {
        try (InputStream in = files.open(entry)) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 304 where the client has the bytes already; they are not even made then. */
    private static MutableHttpResponse<?> answer(
            HttpRequest<?> request, String etag, Version version, Supplier<SpooledFile> bytes) {
        if (ETags.known(request.getHeaders(), etag)) {
            return HttpResponse.notModified().header(HttpHeaders.ETAG, etag);
        }
        SpooledFile file = bytes.get();
        MutableHttpResponse<?> answer = request.getMethod() == HttpMethod.HEAD
                ? head(file)
                : HttpResponse.ok(new StreamedFile(
                        new Sending(file), MediaType.APPLICATION_OCTET_STREAM_TYPE, NEVER, file.size()));
        // What the framework would tell caches by itself where nothing is told: the entity tag says more.
        return answer.header(HttpHeaders.LAST_MODIFIED, saved(version))
                .header(HttpHeaders.EXPIRES, "0")
                .header(HttpHeaders.ETAG, etag)
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE);
    }

    private static String saved(Version version) {
        Instant moment = version.snapshot().origin().createdAt();
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
    }

    /** The framework throws a HEAD's body away, and would leave it open. */
    private static MutableHttpResponse<?> head(SpooledFile file) {
        try (file) {
            return HttpResponse.ok().contentLength(file.size());
        }
    }

    /** Writes to a file, and gives it to who closes it. */
    private SpooledFile spooled(long bytesMax, Consumer<OutputStream> writing) {
        SpooledFile file = spool.file(bytesMax);
        boolean written = false;
        try {
            writing.accept(file.out());
            written = true;
            return file;
        } finally {
            if (!written) {
                file.close();
            }
        }
    }
}
