package dev.versicle.egress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One request and its answer in HTTP/1.1, on a line of their own. */
final class Exchange {
    static final int LINE_CHARACTERS_MAX = 16 << 10;
    static final int HEADERS_MAX = 200;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(LINE_CHARACTERS_MAX)
            .setMaxHeaderCount(HEADERS_MAX)
            .build();

    private final Line line;

    Exchange(Line line) {
        this.line = line;
    }

    Answer send(Call call) throws IOException {
        DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
        Optional<SSLSocket> tls = line.tls();
        if (tls.isPresent()) {
            connection.bind(tls.get(), line.plain());
        } else {
            connection.bind(line.plain());
        }
        try {
            ClassicHttpResponse response =
                    new HttpRequestExecutor().execute(request(call), connection, HttpCoreContext.create());
            return new Received(line, response, body(response));
        } catch (HttpException e) {
            throw new Unreachable("does not speak HTTP as it should");
        }
    }

    private static BasicClassicHttpRequest request(Call call) {
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(call.body().isPresent() ? "POST" : "GET", call.target());
        request.setHeader("Host", call.to().authority());
        request.setHeader("User-Agent", "versicle");
        request.setHeader("Accept", "*/*");
        request.setHeader("Connection", "close");
        call.headers().forEach(request::setHeader);
        call.body().map(text -> text.getBytes(StandardCharsets.UTF_8)).ifPresent(bytes -> {
            request.setHeader("Content-Length", bytes.length);
            request.setEntity(new ByteArrayEntity(bytes, null));
        });
        return request;
    }

    private InputStream body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return new Reading(entity == null ? InputStream.nullInputStream() : entity.getContent());
    }

    private record Received(Line line, ClassicHttpResponse response, InputStream body) implements Answer {
        @Override
        public int status() {
            return response.getCode();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
        }

        @Override
        public void close() {
            line.close();
        }
    }

    private final class Reading extends FilterInputStream {
        private Reading(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                throw line.unreachable(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw line.unreachable(e);
            }
        }
    }
}
