package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.shell.aggregation.ExtensionClients;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Forwarder;
import dev.gantry.gateway.shell.exchange.Pacing;
import dev.gantry.gateway.shell.reach.Backends;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Forwards to the state service through Spring Cloud Gateway's filters, and to agents, extension
 * servers and the backends of proxies by itself.
 */
public final class CloudForwarder implements Forwarder, AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 2_000;

    /** Admission may say a lot for the audit log. */
    private static final int MOST_HEADER_BYTES = 80 << 10;

    /** What a stream whose client takes nothing has read in vain: so many times, 64 KiB at most. */
    private static final int READS_AT_ONCE = 2;

    private final ConnectionProvider connections =
            ConnectionProvider.builder("gateway-forward")
                    .maxConnections(MOST_CONNECTIONS)
                    .pendingAcquireTimeout(Duration.ofSeconds(10))
                    .maxIdleTime(Duration.ofSeconds(50))
                    .build();
    private final ReactorHttpHandlerAdapter state;
    private final ProxyForward proxies;
    private final ExtensionForward extensions;
    private final UpgradeForward upgrades;

    /**
     * @param cluster proves the gateway to the state service
     */
    public CloudForwarder(
            SslContext cluster, Backends backends, ExtensionClients extensions, Executor workers) {
        HttpClient client =
                HttpClient.create(connections)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator()
                                        .maxMessagesPerRead(READS_AT_ONCE))
                        .httpResponseDecoder(spec -> spec.maxHeaderSize(MOST_HEADER_BYTES))
                        .secure(spec -> spec.sslContext(cluster));
        this.state = ForwardChain.over(client);
        this.proxies = new ProxyForward(backends, workers);
        this.extensions = new ExtensionForward(extensions);
        this.upgrades = new UpgradeForward(backends, extensions);
    }

    @Override
    public Publisher<Void> forward(
            Answer.Onward onward,
            HttpServerRequest request,
            HttpServerResponse response,
            Pacing pacing) {
        return switch (onward) {
            case Answer.Forward forward -> toState(forward, request, response, pacing);
            case Answer.Connect(var place, var complaint) ->
                    upgrades.connect(place, complaint, request, response);
            case Answer.Aggregated to when ClientHeaders.areForUpgrade(request.requestHeaders()) ->
                    upgrades.extension(to, request, response);
            case Answer.Aggregated to -> extensions.forward(to, request, response);
            case Answer.Proxy proxy when ClientHeaders.areForUpgrade(request.requestHeaders()) ->
                    upgrades.proxy(proxy.place(), request, response);
            case Answer.Proxy proxy -> proxies.forward(proxy, request, response, pacing);
        };
    }

    private Publisher<Void> toState(
            Answer.Forward forward,
            HttpServerRequest request,
            HttpServerResponse response,
            Pacing pacing) {
        HttpHeaders headers = request.requestHeaders();
        for (String name : List.copyOf(headers.names())) {
            if (ClientHeaders.isCredential(name.toLowerCase(Locale.ROOT))) {
                headers.remove(name);
            }
        }
        forward.headers().forEach((name, values) -> headers.set(name, values));
        return state.apply(request, response)
                .contextWrite(
                        context ->
                                context.put(Answer.Forward.class, forward)
                                        .put(Pacing.class, pacing));
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
