package dev.gantry.gateway.shell.forward;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The shortest chain of Spring Cloud Gateway that proxies: route over HTTP, write the response,
 * every chunk at once. There is one route, and no table of them to look up.
 */
final class ForwardChain {
    private static final Route ONWARD =
            Route.async().id("onward").uri("http://onward").predicate(_ -> true).build();

    /** Where the filters would look into a context of Spring's. */
    private static final ObjectProvider<List<HttpHeadersFilter>> HEADERS =
            new ObjectProvider<>() {
                private final List<HttpHeadersFilter> filters =
                        List.of(new RemoveHopByHopHeadersFilter());

                @Override
                public List<HttpHeadersFilter> getObject() {
                    return filters;
                }
            };

    private ForwardChain() {}

    static ReactorHttpHandlerAdapter over(HttpClient client) {
        List<GlobalFilter> filters =
                List.of(
                        new PacedStream(),
                        new NettyWriteResponseFilter(List.of(MediaType.ALL), HEADERS),
                        new NettyRoutingFilter(client, HEADERS, new HttpClientProperties()));
        var chain = new FilteringWebHandler(filters, true);
        WebHandler onward = exchange -> onward(exchange, chain);
        return new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(onward).build());
    }

    private static Mono<Void> onward(ServerWebExchange exchange, FilteringWebHandler chain) {
        return Mono.deferContextual(
                        context -> {
                            Answer.Forward forward = context.get(Answer.Forward.class);
                            exchange.getAttributes()
                                    .put(GATEWAY_REQUEST_URL_ATTR, forward.target());
                            exchange.getAttributes().put(GATEWAY_ROUTE_ATTR, ONWARD);
                            return chain.handle(exchange);
                        })
                .onErrorResume(
                        Exception.class, fault -> unreachable(exchange.getResponse(), fault));
    }

    private static Mono<Void> unreachable(ServerHttpResponse response, Exception fault) {
        if (response.isCommitted()) {
            return Mono.error(fault);
        }
        var why =
                new Refusal.Unavailable(
                        "the state service does not answer: " + fault.getMessage(),
                        Duration.ofSeconds(1));
        var reply = (ApiReply.Whole) Replies.refusal(why);
        response.setStatusCode(HttpStatusCode.valueOf(reply.code()));
        reply.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(reply.body().length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(reply.body())));
    }
}
