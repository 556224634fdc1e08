package dev.versicle.http.v1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A body of multipart/form-data, made part by part, and what may be in one. */
final class Form {
    static final String TYPE = "multipart/form-data; boundary=edge";

    private final byte[] bytes;

    Form(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    static Form empty() {
        return new Form("--edge--\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    static Form of(String version, byte[] tarball) {
        return empty().with("version", version.getBytes(StandardCharsets.UTF_8)).with("tarball", tarball);
    }

    /** The same form with one more part at its end. */
    Form with(String name, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, bytes.length - "--edge--\r\n".length());
        out.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Form(out.toByteArray());
    }

    /** A tarball of one file. */
    static byte[] tarball(String path, String text) {
        return tarball(path, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] tarball(String path, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            TarArchiveEntry entry = new TarArchiveEntry(path);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
