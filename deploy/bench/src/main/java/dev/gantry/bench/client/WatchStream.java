package dev.gantry.bench.client;

import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A watch whose events are heard on a thread of its own, until it is closed or ends. */
public final class WatchStream implements AutoCloseable {
    private final RawConnection connection;

    /**
     * @param path with its query; without a version in it the objects that exist come first
     */
    public WatchStream(Cluster cluster, String path, Consumer<JsonNode> events) throws IOException {
        connection = cluster.connect();
        int code = connection.open(path);
        if (code != 200) {
            connection.close();
            throw new IOException("the watch of " + path + " was answered with " + code);
        }
        Thread.ofPlatform().daemon().start(() -> listen(events));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** Ends with its connection; who waits for more runs into a limit, and says what was heard. */
    private void listen(Consumer<JsonNode> events) {
        try {
            for (String line = connection.nextLine(); line != null; line = connection.nextLine()) {
                events.accept(JsonMapper.shared().readTree(line));
            }
        } catch (IOException ended) {
            return;
        }
    }
}
