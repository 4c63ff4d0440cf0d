package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.stream.RequestHead;
import dev.gantry.client.shell.loop.Loop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's HTTPS server. */
public final class AgentServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);

    /** Authorization was done by the gateway; nobody else is to come here. */
    private static final String GATEWAY = "CN=system:gantry:gateway";

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final int MAX_CONNECTIONS = 1024;

    /** A whole command may stand in a path; of a stranger nobody wants more than a short one. */
    private static final int GATEWAY_HEAD_BYTES = 65536;

    private static final int STRANGERS_HEAD_BYTES = 4096;
    private static final int BACKLOG = 128;
    private static final String TEXT = "text/plain";
    private static final String JSON = "application/json";

    private final InetSocketAddress address;
    private final SSLContext tls;
    private final LogRoute logs;
    private final StreamRoute streams;
    private final PortForwardRoute ports;
    private final NodeRoute node;
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Strangers strangers;
    private final Loop loop = new Loop("agent-server", this::listen);
    private final Loop sweeping = new Loop("agent-server-sweep", this::sweep);

    /** What the server stands on. */
    public record Sources(PodDirectory pods, ContainerRuntime runtime, Dialer dialer) {}

    public AgentServer(String node, InetSocketAddress address, SSLContext tls, Sources sources) {
        this(node, address, tls, sources, Strangers.Limits.DEFAULT);
    }

    AgentServer(
            String node,
            InetSocketAddress address,
            SSLContext tls,
            Sources sources,
            Strangers.Limits limits) {
        this.strangers = new Strangers(limits);
        this.address = address;
        this.tls = tls;
        var containers = new PodContainers(sources.pods(), sources.runtime());
        this.logs = new LogRoute(containers);
        this.streams = new StreamRoute(containers, sources.dialer());
        this.ports = new PortForwardRoute(containers, sources.dialer());
        this.node = new NodeRoute(node, containers);
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
                strangers.enter(socket, Instant.now());
                Thread.ofVirtual().name("agent-connection").start(() -> converse(socket));
            }
        }
    }

    private void sweep() throws InterruptedException {
        while (sweeping.pause(SWEEP)) {
            strangers.endOverdue(Instant.now());
        }
    }

    private void converse(Socket plain) {
        try (plain) {
            plain.setSoTimeout((int) IDLE.toMillis());
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            try (var secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true)) {
                secure.setUseClientMode(false);
                secure.setWantClientAuth(true);
                secure.startHandshake();
                if (isGateway(secure)) {
                    serveGateway(plain, secure);
                } else {
                    serve(new Exchange(secure, STRANGERS_HEAD_BYTES), false);
                }
            }
        } catch (SSLException | SocketException | java.net.SocketTimeoutException left) {
            LOG.debug("connection from {} ended", plain.getRemoteSocketAddress(), left);
        } catch (IOException | RuntimeException fault) {
            LOG.warn("connection from {} broke", plain.getRemoteSocketAddress(), fault);
        } finally {
            strangers.leave(plain);
            open.remove(plain);
        }
    }

    /** No stranger takes a seat from the gateway: these are its own. */
    private void serveGateway(Socket plain, SSLSocket secure) throws IOException {
        strangers.leave(plain);
        if (!room.tryAcquire()) {
            LOG.warn("more than {} connections of the gateway: refused one", MAX_CONNECTIONS);
            return;
        }
        try {
            serve(new Exchange(secure, GATEWAY_HEAD_BYTES), true);
        } finally {
            room.release();
        }
    }

    private void serve(Exchange exchange, boolean isGateway) throws IOException {
        while (exchange.isKeptAlive() && answerNext(exchange, isGateway)) {
            continue;
        }
    }

    private boolean answerNext(Exchange exchange, boolean isGateway) throws IOException {
        Optional<RequestHead> request = exchange.read();
        if (request.isEmpty()) {
            return false;
        }
        try {
            route(exchange, request.get(), isGateway);
        } catch (Refused refused) {
            reply(exchange, refused.code(), String.valueOf(refused.getMessage()));
        } catch (RuntimeFault fault) {
            LOG.warn("{} failed", request.get().path(), fault);
            reply(exchange, 500, String.valueOf(fault.getMessage()));
        }
        return true;
    }

    private void route(Exchange exchange, RequestHead request, boolean isGateway)
            throws IOException, Refused {
        String first = request.path().isEmpty() ? "" : request.path().getFirst();
        if (first.equals("healthz")) {
            reply(exchange, 200, "ok");
            return;
        }
        if (!isGateway) {
            throw new Refused(403, "only the gateway is let in");
        }
        int expected =
                switch (first) {
                    case "containerLogs", "exec", "attach" -> 4;
                    case "portForward" -> 3;
                    case "stats" -> 2;
                    default -> 1;
                };
        if (request.path().size() != expected) {
            throw new Refused(404, "404 page not found");
        }
        switch (first) {
            case "containerLogs" -> logs.serve(exchange, request);
            case "exec", "attach" -> streams.serve(exchange, request);
            case "portForward" -> ports.serve(exchange, request);
            case "pods" -> exchange.reply(200, JSON, node.pods());
            case "stats" -> exchange.reply(200, JSON, node.summary());
            default -> throw new Refused(404, "404 page not found");
        }
    }

    private static void reply(Exchange exchange, int code, String text) throws IOException {
        exchange.reply(code, TEXT, (text + "\n").getBytes(UTF_8));
    }

    private static boolean isGateway(SSLSocket socket) {
        try {
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            String subject = certificate.getSubjectX500Principal().getName();
            return subject.equals(GATEWAY) || subject.startsWith(GATEWAY + ",");
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
