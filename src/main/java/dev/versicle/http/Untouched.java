package dev.versicle.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import jakarta.inject.Singleton;

/**
 * Sends an answer whose {@code Cache-Control} says {@code no-transform} as it is: the framework would compress a stream
 * of text, at the price of some hundred KiB for as long as it lasts.
 */
@Singleton
final class Untouched implements BeanCreatedEventListener<HttpCompressionStrategy> {
    @Override
    public HttpCompressionStrategy onCreated(BeanCreatedEvent<HttpCompressionStrategy> event) {
        return new Choosy(event.getBean());
    }

    private record Choosy(HttpCompressionStrategy usual) implements HttpCompressionStrategy {
        @Override
        public boolean shouldCompress(HttpResponse response) {
            boolean untouched = response.headers()
                    .containsValue(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_TRANSFORM, true);
            return !untouched && usual.shouldCompress(response);
        }

        @Override
        public boolean isEnabled() {
            return usual.isEnabled();
        }

        @Override
        public int getCompressionLevel() {
            return usual.getCompressionLevel();
        }

        @Override
        public int getMaxZstdEncodeSize() {
            return usual.getMaxZstdEncodeSize();
        }
    }
}
