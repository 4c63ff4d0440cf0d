package dev.gantry.bench.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gantry.bench.client.ChunkedLines;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.RawConnection;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Connections that watch a collection, and tell whose names they hear. */
public final class Audience implements AutoCloseable {
    private static final byte[] NAME = "\"name\":\"bench-".getBytes(US_ASCII);

    private final List<RawConnection> open = new ArrayList<>();
    private final Deliveries heard;

    public Audience(Cluster cluster, String path, int watchers, Deliveries heard)
            throws IOException {
        this.heard = heard;
        String query = "?watch=true&resourceVersion=" + cluster.version(path);
        for (int i = 0; i < watchers; i++) {
            RawConnection connection = cluster.connect();
            open.add(connection);
            int code = connection.open(path + query);
            if (code != 200) {
                close();
                throw new IOException("watch " + i + " was answered with " + code);
            }
            Thread.ofVirtual().start(() -> listen(connection.lines()));
        }
    }

    @Override
    public void close() throws IOException {
        for (RawConnection each : open) {
            each.close();
        }
    }

    private void listen(ChunkedLines lines) {
        try {
            while (lines.next()) {
                int name = lines.find(NAME, 0);
                if (name >= 0) {
                    heard.hear(lines.number(name + NAME.length));
                }
            }
        } catch (EOFException | SocketException ended) {
            return;
        } catch (IOException failed) {
            System.err.println("a watch failed: " + failed);
        }
    }
}
