package dev.gantry.gateway.shell.aggregation;

import dev.gantry.gateway.aggregation.ServerTrust;
import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.shell.reach.Peer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Clients for extension servers, each of which shows the front proxy's certificate and trusts one
 * server. Connections are kept and used again.
 *
 * <p>Cost: making one takes a millisecond; a hundred are kept.
 */
public final class ExtensionClients implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_CLIENTS = 100;

    private final ConnectionProvider connections =
            ConnectionProvider.builder("gateway-extensions")
                    .maxConnections(MOST_CONNECTIONS)
                    .pendingAcquireTimeout(Duration.ofSeconds(10))
                    .maxIdleTime(Duration.ofSeconds(20))
                    .build();
    private final Function<ServerTrust, SslContext> tls;
    private final Map<ServerTrust, Trusting> clients = new LinkedHashMap<>();

    public ExtensionClients(Function<ServerTrust, SslContext> tls) {
        this.tls = tls;
    }

    /** A client for requests whose URI is {@link Place.At#pathAndQuery}. */
    public HttpClient to(Place.At place, ServerTrust trust) {
        InetSocketAddress address = named(place, trust.name());
        return trusting(trust).client.remoteAddress(() -> address);
    }

    /** The same server, for a connection that is used for nothing else. */
    public Peer peer(Place.At place, ServerTrust trust) {
        return new Peer(named(place, trust.name()), Optional.of(trusting(trust).tls));
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private record Trusting(SslContext tls, HttpClient client) {}

    private synchronized Trusting trusting(ServerTrust trust) {
        Trusting known = clients.get(trust);
        if (known != null) {
            return known;
        }
        SslContext context = tls.apply(trust);
        // A body that is passed on can be sent once, so that nothing can be tried again.
        HttpClient client =
                HttpClient.create(connections)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .disableRetry(true)
                        .secure(spec -> spec.sslContext(context));
        if (clients.size() == MOST_CLIENTS) {
            clients.remove(clients.keySet().iterator().next());
        }
        Trusting made = new Trusting(context, client);
        clients.put(trust, made);
        return made;
    }

    /** TLS takes the name of the address for the name that the certificate must be for. */
    private static InetSocketAddress named(Place.At place, String name) {
        try {
            byte[] address = InetAddress.ofLiteral(place.host()).getAddress();
            return new InetSocketAddress(InetAddress.getByAddress(name, address), place.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are an address", impossible);
        }
    }
}
