package dev.gantry.gateway.shell.forward;

import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the headers of a stream at once. Without it Spring waits for the first chunk, and the
 * client of a quiet watch for its answer.
 */
final class HeadersFirst implements GlobalFilter, Ordered {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpResponse eager = new Eager(exchange.getResponse());
        return chain.filter(exchange.mutate().response(eager).build());
    }

    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
    }

    private static final class Eager extends ServerHttpResponseDecorator {
        Eager(ServerHttpResponse response) {
            super(response);
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return getHeaders().getContentLength() >= 0
                    ? super.writeWith(body)
                    : writeAndFlushWith(Flux.from(body).map(Mono::just));
        }

        @Override
        public Mono<Void> writeAndFlushWith(
                Publisher<? extends Publisher<? extends DataBuffer>> body) {
            if (getHeaders().getContentLength() >= 0) {
                return super.writeAndFlushWith(body);
            }
            Mono<Mono<DataBuffer>> nothing =
                    Mono.just(Mono.just(bufferFactory().wrap(new byte[0])));
            return super.writeAndFlushWith(Flux.concat(nothing, body));
        }
    }
}
