package dev.versicle.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.net.URIAuthority;

/** One client: one connection, kept alive, one request at a time. */
final class Wire implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpProcessor HEADERS = HttpProcessors.client();
    private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

    private final URIAuthority authority;
    private final Optional<String> key;
    private final DefaultBHttpClientConnection connection;

    private Wire(URI server, Optional<String> key, DefaultBHttpClientConnection connection) {
        this.authority = new URIAuthority(server.getHost(), server.getPort());
        this.key = key;
        this.connection = connection;
    }

    static Wire to(URI server, Optional<String> key) throws IOException {
        // the connection owns it from here on
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        return new Wire(server, key, new DefaultBHttpClientConnectionFactory().createConnection(socket));
    }

    /** What the server said; the body has been read to its end. */
    record Answer(int status, Optional<String> etag, String body) {
        /** Fails unless this was the answer. */
        Answer being(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException(status + " instead of " + wanted + ": " + body);
            }
            return this;
        }

        String tag() {
            return etag.orElseThrow(() -> new IllegalStateException("no ETag: " + body));
        }
    }

    Answer get(String path) throws IOException {
        return send(new BasicClassicHttpRequest("GET", path));
    }

    /** Reads what the client has already, as {@code etag} says. */
    Answer getUnless(String path, String etag) throws IOException {
        ClassicHttpRequest request = new BasicClassicHttpRequest("GET", path);
        request.setHeader(HttpHeaders.IF_NONE_MATCH, etag);
        return send(request);
    }

    Answer post(String path, Map<String, String> body) throws IOException {
        return send("POST", path, body);
    }

    Answer put(String path, Map<String, String> body) throws IOException {
        return send("PUT", path, body);
    }

    /** Changes what is still as {@code etag} says. */
    Answer putOver(String path, Map<String, String> body, String etag) throws IOException {
        ClassicHttpRequest request = request("PUT", path, body);
        request.setHeader(HttpHeaders.IF_MATCH, etag);
        return send(request);
    }

    Answer patch(String path, Map<String, String> body) throws IOException {
        return send("PATCH", path, body);
    }

    private Answer send(String method, String path, Map<String, String> body) throws IOException {
        return send(request(method, path, body));
    }

    private static ClassicHttpRequest request(String method, String path, Map<String, String> body) throws IOException {
        ClassicHttpRequest request = new BasicClassicHttpRequest(method, path);
        request.setEntity(new ByteArrayEntity(MAPPER.writeValueAsBytes(body), ContentType.APPLICATION_JSON));
        return request;
    }

    private Answer send(ClassicHttpRequest request) throws IOException {
        request.setAuthority(authority);
        key.ifPresent(text -> request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + text));
        HttpCoreContext context = HttpCoreContext.create();
        try {
            EXECUTOR.preProcess(request, HEADERS, context);
            try (ClassicHttpResponse response = EXECUTOR.execute(request, connection, context)) {
                EXECUTOR.postProcess(response, HEADERS, context);
                String body = response.getEntity() == null
                        ? ""
                        : new String(EntityUtils.toByteArray(response.getEntity()), StandardCharsets.UTF_8);
                Optional<String> etag = Optional.ofNullable(response.getFirstHeader(HttpHeaders.ETAG))
                        .map(Header::getValue);
                return new Answer(response.getCode(), etag, body);
            }
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
