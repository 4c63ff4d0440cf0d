package dev.gantry.agent.shell.http;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.volume.LocalVolumes;
import dev.gantry.agent.stream.RequestHead;
import dev.gantry.client.shell.access.DelegatedAccess;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.client.shell.tls.GatewayIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's HTTPS server: who may connect, and for how long. What is asked goes to {@link Routes}.
 *
 * <p>The gateway has authorized its requests. Others show a token ({@link ClientAccess}); as long
 * as their connection has brought no request that they may make, it is one of {@link
 * UnauthenticatedConnections}.
 */
public final class AgentServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final int MAX_OF_GATEWAY = 1024;
    private static final int MAX_OF_CLIENTS = 256;

    /** A whole command may stand in a path. */
    private static final int GATEWAY_HEAD_BYTES = 65536;

    /** Tokens of some issuers list hundreds of groups. */
    private static final int CLIENT_HEAD_BYTES = 16384;

    private static final int BACKLOG = 128;
    private static final int UNAUTHORIZED = 401;

    private final InetSocketAddress address;
    private final Supplier<Optional<SSLContext>> tls;
    private final Routes routes;
    private final ClientAccess access;
    private final Semaphore gatewayRoom = new Semaphore(MAX_OF_GATEWAY);
    private final Semaphore clientRoom = new Semaphore(MAX_OF_CLIENTS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final UnauthenticatedConnections unauthenticated;
    private final Loop loop = new Loop("agent-server", this::listen);
    private final Loop sweeping = new Loop("agent-server-sweep", this::sweep);

    /**
     * What the server stands on.
     *
     * @param access of clients other than the gateway
     */
    public record Sources(
            DelegatedAccess access,
            PodDirectory pods,
            ContainerRuntime runtime,
            Dialer dialer,
            LocalVolumes volumes,
            NodeMetrics metrics,
            SortedMap<String, String> settings) {}

    /** Answers one request. */
    private interface Route {
        void serve(Exchange exchange, RequestHead request) throws IOException, Refused;
    }

    /**
     * @param tls of each new connection; empty while there is no certificate
     */
    public AgentServer(
            String node,
            InetSocketAddress address,
            Supplier<Optional<SSLContext>> tls,
            Sources sources) {
        this(node, address, tls, sources, UnauthenticatedConnections.Limits.DEFAULT);
    }

    AgentServer(
            String node,
            InetSocketAddress address,
            Supplier<Optional<SSLContext>> tls,
            Sources sources,
            UnauthenticatedConnections.Limits limits) {
        this.address = address;
        this.tls = tls;
        this.routes = new Routes(node, sources);
        this.access = new ClientAccess(node, sources.access());
        this.unauthenticated = new UnauthenticatedConnections(limits);
    }

    public void start() {
        loop.start();
        sweeping.start();
    }

    /** Ends all connections too. */
    @Override
    public void close() {
        sweeping.close();
        loop.close();
        open.forEach(AgentServer::closeQuietly);
    }

    private void listen() throws IOException {
        try (var server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                unauthenticated.enter(socket, Instant.now());
                Thread.ofVirtual().name("agent-connection").start(() -> converse(socket));
            }
        }
    }

    private void sweep() throws InterruptedException {
        while (sweeping.pause(SWEEP)) {
            unauthenticated.endOverdue(Instant.now());
        }
    }

    private void converse(Socket plain) {
        try (plain) {
            plain.setSoTimeout((int) IDLE.toMillis());
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            try (SSLSocket secure = secured(plain)) {
                secure.setUseClientMode(false);
                secure.setWantClientAuth(true);
                secure.startHandshake();
                if (isGateway(secure)) {
                    serveGateway(plain, secure);
                } else {
                    serveClient(plain, secure);
                }
            }
        } catch (SSLException | SocketException | SocketTimeoutException left) {
            LOG.debug("connection from {} ended", plain.getRemoteSocketAddress(), left);
        } catch (IOException | RuntimeException fault) {
            LOG.warn("connection from {} broke", plain.getRemoteSocketAddress(), fault);
        } finally {
            unauthenticated.leave(plain);
            open.remove(plain);
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLContext current =
                tls.get().orElseThrow(() -> new SSLException("no certificate to serve with yet"));
        return (SSLSocket) current.getSocketFactory().createSocket(plain, null, true);
    }

    /** The gateway's connections have a limit of their own, which no others can use up. */
    private void serveGateway(Socket plain, SSLSocket secure) throws IOException {
        unauthenticated.leave(plain);
        if (!gatewayRoom.tryAcquire()) {
            LOG.warn("more than {} connections of the gateway: refused one", MAX_OF_GATEWAY);
            return;
        }
        try {
            serve(secure, GATEWAY_HEAD_BYTES, routes::serve);
        } finally {
            gatewayRoom.release();
        }
    }

    private void serveClient(Socket plain, SSLSocket secure) throws IOException {
        var client = new Client(plain);
        try {
            serve(secure, CLIENT_HEAD_BYTES, client);
        } finally {
            client.leave();
        }
    }

    /** A connection of somebody else, of one thread. */
    private final class Client implements Route {
        private final Socket plain;
        private boolean isKnown;

        Client(Socket plain) {
            this.plain = plain;
        }

        @Override
        public void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
            if (!Routes.isForEverybody(request)) {
                access.check(exchange, request);
                enter();
            }
            routes.serve(exchange, request);
        }

        private void enter() throws Refused {
            if (isKnown) {
                return;
            }
            if (!clientRoom.tryAcquire()) {
                LOG.warn("more than {} connections of clients: refused one", MAX_OF_CLIENTS);
                throw new Refused(503, "too many clients");
            }
            isKnown = true;
            unauthenticated.leave(plain);
        }

        void leave() {
            if (isKnown) {
                clientRoom.release();
            }
        }
    }

    private static void serve(SSLSocket socket, int maxHeadBytes, Route route) throws IOException {
        var exchange =
                new Exchange(
                        socket, socket.getInputStream(), socket.getOutputStream(), maxHeadBytes);
        while (exchange.isKeptAlive()) {
            Optional<RequestHead> request = exchange.read();
            if (request.isEmpty()) {
                return;
            }
            answer(exchange, request.get(), route);
        }
    }

    private static void answer(Exchange exchange, RequestHead request, Route route)
            throws IOException {
        try {
            route.serve(exchange, request);
        } catch (Refused refused) {
            if (refused.code() == UNAUTHORIZED) {
                // Trying tokens shall cost a handshake each.
                exchange.endAfterReply();
            }
            exchange.reply(refused.code(), String.valueOf(refused.getMessage()));
        } catch (RuntimeFault fault) {
            LOG.warn("{} failed", request.path(), fault);
            exchange.reply(500, String.valueOf(fault.getMessage()));
        }
    }

    private static boolean isGateway(SSLSocket socket) {
        try {
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return GatewayIdentity.isShownBy(certificate);
        } catch (SSLPeerUnverifiedException nobody) {
            return false;
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            LOG.trace("{} was closed already", socket, already);
        }
    }
}
