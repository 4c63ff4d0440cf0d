package dev.gantry.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** How a service or an agent of the cluster under test reaches its Kafka. */
public final class KafkaAccess {
    private static final String START = "gantry.kafka.properties[";

    private KafkaAccess() {}

    /**
     * Client properties as the launcher wrote them.
     *
     * @param service such as {@code state}, which may do everything, or {@code agent-2}
     */
    public static Map<String, Object> of(Cluster cluster, String service) throws IOException {
        var written = new Properties();
        try (var in =
                Files.newBufferedReader(
                        cluster.home().resolve("config").resolve(service + ".properties"))) {
            written.load(in);
        }
        Map<String, Object> found = patient();
        written.forEach(
                (name, value) -> {
                    String key = name.toString();
                    if (key.startsWith(START)) {
                        found.put(key.substring(START.length(), key.length() - 1), value);
                    }
                });
        return found;
    }

    /** Properties of somebody who is nobody yet, and waits for a busy machine. */
    public static Map<String, Object> patient() {
        return new HashMap<>(
                Map.of("default.api.timeout.ms", "60000", "request.timeout.ms", "30000"));
    }
}
