package dev.gantry.gateway.shell.reach;

import dev.gantry.gateway.node.Place;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Clients for places. Connections are kept and used again, each for the place it was made for.
 *
 * <p>Invariant: the gateway's certificate is shown only where the other end proves to be the agent
 * of the node that is meant, before a word of the request is sent. An address is an agent's own
 * claim and proves nothing.
 */
public final class Backends implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 2_000;

    private final ConnectionProvider connections =
            ConnectionProvider.builder("gateway-backends")
                    .maxConnections(MOST_CONNECTIONS)
                    .pendingAcquireTimeout(Duration.ofSeconds(10))
                    .maxIdleTime(Duration.ofSeconds(50))
                    .build();
    private final SslContext nodes;
    private final SslContext trustless = noTrust();
    private final HttpClient agents;
    private final HttpClient secured;
    private final HttpClient plain;

    /**
     * @param nodes proves the gateway to agents, and asks for the node's name: what a connection
     *     takes for the name of its other end is the node's
     */
    public Backends(SslContext nodes) {
        this.nodes = nodes;
        // A body that is passed on can be sent once, so that nothing can be tried again.
        plain =
                HttpClient.create(connections)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .disableRetry(true);
        agents = plain.secure(spec -> spec.sslContext(nodes));
        secured = plain.secure(spec -> spec.sslContext(trustless));
    }

    /** A client for requests whose URI is {@link Place.At#pathAndQuery}. */
    public HttpClient to(Place.At place) {
        HttpClient client = !place.node().isEmpty() ? agents : place.isSecure() ? secured : plain;
        InetSocketAddress address = addressOf(place);
        return client.remoteAddress(() -> address);
    }

    /** The same place, for a connection that is used for nothing else. */
    public Peer peer(Place.At place) {
        Optional<SslContext> tls =
                !place.node().isEmpty()
                        ? Optional.of(nodes)
                        : Optional.of(trustless).filter(_ -> place.isSecure());
        return new Peer(addressOf(place), tls);
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private static InetSocketAddress addressOf(Place.At place) {
        InetAddress literal = InetAddress.ofLiteral(place.host());
        if (place.node().isEmpty()) {
            return new InetSocketAddress(literal, place.port());
        }
        try {
            InetAddress named = InetAddress.getByAddress(place.node(), literal.getAddress());
            return new InetSocketAddress(named, place.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are an address", impossible);
        }
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
