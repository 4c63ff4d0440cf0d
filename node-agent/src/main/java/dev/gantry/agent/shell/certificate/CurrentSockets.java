package dev.gantry.agent.shell.certificate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that show the certificate of {@link CurrentTls}.
 *
 * <p>They can be closed all at once: a server goes by the certificate that it was shown first, and
 * refuses what comes on the connection once that one has expired.
 */
final class CurrentSockets extends SSLSocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentSockets.class);

    private final CurrentTls tls;
    private final Set<Socket> open = Collections.newSetFromMap(new WeakHashMap<>());

    CurrentSockets(CurrentTls tls) {
        this.tls = tls;
    }

    void closeAll() {
        List<Socket> former;
        synchronized (open) {
            former = new ArrayList<>(open);
            open.clear();
        }
        for (Socket each : former) {
            try {
                each.close();
            } catch (IOException already) {
                LOG.trace("{} was closed already", each, already);
            }
        }
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean closesBelow)
            throws IOException {
        return kept(current().createSocket(socket, host, port, closesBelow));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return kept(current().createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return kept(current().createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return kept(current().createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return kept(current().createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return currentOrFail().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return currentOrFail().getSupportedCipherSuites();
    }

    private SSLSocketFactory current() throws IOException {
        return tls.get()
                .orElseThrow(() -> new IOException("the node has no certificate"))
                .getSocketFactory();
    }

    private SSLSocketFactory currentOrFail() {
        return tls.get().orElseThrow().getSocketFactory();
    }

    private Socket kept(Socket made) {
        synchronized (open) {
            open.add(made);
        }
        return made;
    }
}
