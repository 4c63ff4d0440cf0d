package dev.gantry.agent.shell.spdy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Connects to a port of the node. */
@FunctionalInterface
public interface Dialer {
    Duration PATIENCE = Duration.ofSeconds(10);

    Connection dial(String host, int port) throws IOException;

    /** Bytes both ways. Closing ends the other side's and our own waiting. */
    interface Connection extends AutoCloseable {
        InputStream in() throws IOException;

        OutputStream out() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Over TCP, in this process's network namespace. */
    static Connection tcp(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        return new Connection() {
            @Override
            public InputStream in() throws IOException {
                return socket.getInputStream();
            }

            @Override
            public OutputStream out() throws IOException {
                return socket.getOutputStream();
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }
}
