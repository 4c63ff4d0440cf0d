package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.shell.exchange.Pacing;
import dev.gantry.model.exchange.ApiReply;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the headers of a stream at once, and then each piece as the client takes it. Without it
 * Spring waits for the first piece, and the client of a quiet watch for its answer; and it asks for
 * 32 pieces more than a client takes. What the answer says for the audit log is taken out here.
 */
final class PacedStream implements GlobalFilter, Ordered {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.deferContextual(
                context -> {
                    ServerHttpResponse paced =
                            new Paced(exchange.getResponse(), context.get(Pacing.class));
                    return chain.filter(exchange.mutate().response(paced).build());
                });
    }

    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
    }

    private static final class Paced extends ServerHttpResponseDecorator {
        private final Pacing pacing;

        Paced(ServerHttpResponse response, Pacing pacing) {
            super(response);
            this.pacing = pacing;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            long bytes = begun();
            return bytes >= 0 ? super.writeWith(body) : writeStream(Flux.from(body));
        }

        @Override
        public Mono<Void> writeAndFlushWith(
                Publisher<? extends Publisher<? extends DataBuffer>> body) {
            long bytes = begun();
            return bytes >= 0
                    ? super.writeAndFlushWith(body)
                    : writeStream(Flux.from(body).concatMap(each -> each, 1));
        }

        /** How long the body is. What is for the audit log goes no further. */
        private long begun() {
            HttpHeaders headers = getHeaders();
            long bytes = headers.getContentLength();
            String annotations = headers.getFirst(ApiReply.AUDIT_ANNOTATIONS);
            headers.remove(ApiReply.AUDIT_ANNOTATIONS);
            HttpStatusCode status = getStatusCode();
            pacing.begin(
                    new Pacing.Head(
                            status == null ? 0 : status.value(),
                            bytes,
                            annotations == null ? "" : annotations));
            return bytes;
        }

        private Mono<Void> writeStream(Flux<? extends DataBuffer> body) {
            var buffers = (NettyDataBufferFactory) bufferFactory();
            Flux<byte[]> pieces = body.map(PacedStream::taken);
            Flux<Mono<DataBuffer>> paced =
                    Flux.defer(() -> pacing.pace(ArrivingFrames.of(pieces)))
                            .map(piece -> Mono.just(buffers.wrap(piece)));
            Mono<Mono<DataBuffer>> nothing = Mono.just(Mono.just(buffers.wrap(new byte[0])));
            return super.writeAndFlushWith(Flux.concat(nothing, paced));
        }
    }

    private static byte[] taken(DataBuffer piece) {
        byte[] bytes = new byte[piece.readableByteCount()];
        piece.read(bytes);
        DataBufferUtils.release(piece);
        return bytes;
    }
}
