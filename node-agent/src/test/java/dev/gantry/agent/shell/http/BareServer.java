package dev.gantry.agent.shell.http;

import dev.gantry.agent.node.Machine;
import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.volume.LocalVolumes;
import dev.gantry.agent.testing.FakeRuntime;
import dev.gantry.agent.testing.TestAuthority;
import dev.gantry.client.shell.access.DelegatedAccess;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** The server of a node called test that has no pods, and connections to it. */
final class BareServer implements AutoCloseable {
    private final int port = FreePorts.next();
    private final ConcurrentLinkedQueue<Socket> connections = new ConcurrentLinkedQueue<>();
    private final TestAuthority pki = new TestAuthority();
    private final SSLContext gateway;
    private final SSLContext unknown;
    private final AgentServer server;

    BareServer(Path folder, DelegatedAccess access, UnauthenticatedConnections.Limits limits)
            throws IOException {
        gateway = ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=system:gantry:gateway"));
        unknown = ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=somebody"));
        var node =
                Optional.of(ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=system:node:test")));
        server =
                new AgentServer(
                        "test",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        () -> node,
                        sources(access),
                        limits);
        server.start();
        Patience.await().ignoreExceptions().untilAsserted(() -> connect().close());
    }

    private static AgentServer.Sources sources(DelegatedAccess access) {
        return new AgentServer.Sources(
                access,
                new NoPods(),
                new FakeRuntime(),
                Dialer::tcp,
                LocalVolumes.below(Path.of("/nonexistent")),
                new NodeMetrics(
                        List.of(), _ -> {}, "", new Machine("", "", "", "", "", "", 0, 0, 0)),
                new TreeMap<>());
    }

    @Override
    public void close() throws IOException {
        for (Socket each : connections) {
            each.close();
        }
        server.close();
    }

    /** One that shows a certificate of the gateway. */
    SSLSocket gateway() throws IOException {
        return secure(gateway);
    }

    /** One that shows a certificate of somebody else. */
    SSLSocket unknown() throws IOException {
        return secure(unknown);
    }

    /** One that shows no certificate. */
    SSLSocket nobody() throws IOException {
        try {
            var trust = KeyMaterial.trusting(List.of(pki.certificate()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return secure(context);
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }

    Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        connections.add(socket);
        return socket;
    }

    private SSLSocket secure(SSLContext who) throws IOException {
        Socket plain = connect();
        var socket = (SSLSocket) who.getSocketFactory().createSocket(plain, "node", port, true);
        socket.startHandshake();
        return socket;
    }

    private static final class NoPods implements PodDirectory {
        @Override
        public Optional<Resource> pod(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public List<Resource> pods() {
            return List.of();
        }
    }
}
