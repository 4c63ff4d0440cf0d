package dev.gantry.bench.client;

import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A watch whose events are heard on a thread of its own, until it is closed. A server ends the
 * watch of a client that is too slow for it: then it goes on from what was heard last.
 */
public final class WatchStream implements AutoCloseable {
    private final Cluster cluster;
    private final String path;
    private RawConnection connection;
    private String version;
    private boolean isClosed;

    /**
     * @param path with its query
     * @param version to watch from; where it is empty, the objects that exist come first
     */
    public WatchStream(Cluster cluster, String path, String version, Consumer<JsonNode> events)
            throws IOException {
        this.cluster = cluster;
        this.path = path;
        this.version = version;
        this.connection = open();
        Thread.ofPlatform().daemon().start(() -> listen(events));
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        connection.close();
    }

    private RawConnection open() throws IOException {
        RawConnection opened = cluster.connect();
        int code = opened.open(path + (version.isEmpty() ? "" : "&resourceVersion=" + version));
        if (code != 200) {
            opened.close();
            throw new IOException("the watch of " + path + " was answered with " + code);
        }
        return opened;
    }

    private synchronized boolean reopen() throws IOException {
        if (!isClosed) {
            connection.close();
            connection = open();
        }
        return !isClosed;
    }

    private void listen(Consumer<JsonNode> events) {
        try {
            do {
                hear(events);
            } while (reopen());
        } catch (IOException failed) {
            System.err.println("gantry bench: " + failed.getMessage());
        }
    }

    /** Returns when the stream has ended. */
    private void hear(Consumer<JsonNode> events) {
        try {
            for (String line = connection.nextLine(); line != null; line = connection.nextLine()) {
                JsonNode event = JsonMapper.shared().readTree(line);
                if (Resource.text(event, "type").equals("ERROR")) {
                    version = ""; // Too old to go on from: what exists comes again.
                    return;
                }
                version = Resource.text(event.at("/object/metadata"), "resourceVersion");
                events.accept(event);
            }
        } catch (IOException ended) {
            return;
        }
    }
}
