package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.ClientHeaders;
import dev.gantry.gateway.shell.exchange.Forwarder;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/** Forwards to agents and the state service with the cluster's trust, and to pods without any. */
public final class CloudForwarder implements Forwarder, AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 2_000;

    private final ConnectionProvider connections =
            ConnectionProvider.builder("gateway-forward")
                    .maxConnections(MOST_CONNECTIONS)
                    .pendingAcquireTimeout(Duration.ofSeconds(10))
                    .maxIdleTime(Duration.ofSeconds(50))
                    .build();
    private final Way trusting;
    private final Way trustless;

    /** The same client, for requests and for upgraded connections. */
    private record Way(ReactorHttpHandlerAdapter http, WebSocketForward webSocket) {}

    public CloudForwarder(SslContext cluster, ObjectProvider<List<HttpHeadersFilter>> headers) {
        this.trusting = way(client(cluster), headers);
        this.trustless = way(client(noTrust()), headers);
    }

    @Override
    public Publisher<Void> forward(
            Answer.Forward target, HttpServerRequest request, HttpServerResponse response) {
        HttpHeaders headers = request.requestHeaders();
        for (String name : List.copyOf(headers.names())) {
            if (ClientHeaders.isCredential(name.toLowerCase(Locale.ROOT))) {
                headers.remove(name);
            }
        }
        target.headers().forEach((name, values) -> headers.set(name, values));
        Way way =
                switch (target.trust()) {
                    case CLUSTER -> trusting;
                    case NONE -> trustless;
                };
        if (target.target().getScheme().startsWith("ws")) {
            return way.webSocket.forward(target, request, response);
        }
        return way.http
                .apply(request, response)
                .contextWrite(context -> context.put(Answer.Forward.class, target));
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private static Way way(HttpClient client, ObjectProvider<List<HttpHeadersFilter>> headers) {
        return new Way(ForwardChain.over(client, headers), new WebSocketForward(client));
    }

    private HttpClient client(SslContext tls) {
        return HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .secure(spec -> spec.sslContext(tls));
    }

    /**
     * Compat: a pod's certificate is its own affair; upstream's proxy does not look at it either.
     * Nothing of ours is shown to it.
     */
    private static SslContext noTrust() {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException fault) {
            throw new IllegalStateException("no TLS for clients", fault);
        }
    }
}
