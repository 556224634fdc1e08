package dev.versicle.clients;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A webhook's request as its receiver gets it.
 *
 * @param body its bytes, a character each
 */
record Ring(String method, Headers headers, String body) {
    /** What a receiver makes of one: the status that it answers, and whether what it looks after is to be refreshed. */
    record Heard(int status, boolean refresh) {
        static final Heard REFUSED = new Heard(400, false);
    }

    static Ring of(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Ring(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders(),
                new String(body, StandardCharsets.ISO_8859_1));
    }

    /** A POST of JSON. */
    static Ring of(String json, Map<String, String> headers) {
        Headers all = new Headers();
        all.set("Content-Type", "application/json");
        headers.forEach(all::set);
        return new Ring("POST", all, new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** A header; empty where it is not there, as Go sees it. */
    String header(String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the hex digits are the body's HMAC. */
    boolean isSigned(String algorithm, String secret, String hex) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.UTF_8), hmac(algorithm, secret).getBytes(StandardCharsets.UTF_8));
    }

    /** The body's HMAC in hex digits. */
    String hmac(String algorithm, String secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
