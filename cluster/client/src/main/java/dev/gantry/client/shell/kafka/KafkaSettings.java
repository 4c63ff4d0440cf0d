package dev.gantry.client.shell.kafka;

import dev.gantry.model.message.Topics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.utils.Utils;

/**
 * How to reach Kafka.
 *
 * @param connection client properties: {@code bootstrap.servers} and whatever security needs
 */
public record KafkaSettings(Map<String, String> connection, Topics topics) {
    /** For readers that go on reading the same partitions. */
    public static final Duration LONG_FETCH = Duration.ofSeconds(5);

    /** For readers to whose partitions some are added now and then. */
    public static final Duration MEDIUM_FETCH = Duration.ofSeconds(1);

    private static final Duration SHORT_FETCH = Duration.ofMillis(250);

    static {
        // Initialized here, by the platform thread that puts a service together, and not by all of
        // its readers at once: see Loop on what a slow initialization does to virtual threads.
        if (ApiKeys.values().length == 0) {
            throw new IllegalStateException("Kafka's client knows no requests");
        }
    }

    public KafkaSettings {
        connection = Map.copyOf(connection);
    }

    /** Those that a client asks first; the names are not looked up yet. */
    public List<InetSocketAddress> brokers() {
        List<InetSocketAddress> all = new ArrayList<>();
        String listed = connection.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
        for (String each : listed.split(",")) {
            String host = Utils.getHost(each.strip());
            Integer port = Utils.getPort(each.strip());
            if (host != null && port != null) {
                all.add(InetSocketAddress.createUnresolved(host, port));
            }
        }
        return all;
    }

    /**
     * What every client is given; for one that asks about topics and rights it is all.
     *
     * <p>Cost: no client tells its own numbers, to JMX or to the broker, since nobody reads them: a
     * consumer has a hundred, each of which would be registered when it starts.
     */
    public Map<String, Object> client() {
        Map<String, Object> all = new HashMap<>(connection);
        all.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return all;
    }

    /** For reading partitions by assignment, from where the caller says. */
    public Map<String, Object> consumer() {
        return consumer(SHORT_FETCH);
    }

    /**
     * The same.
     *
     * <p>Cost: news come at once in any case. While there are none, each answer that says so takes
     * a broker and its reader some tenths of a millisecond of a processor, and more the more
     * partitions are read.
     *
     * @param longestFetch after which the broker answers that there is no news. What else a
     *     consumer asks of that broker, and its first fetch of further partitions, waits behind
     *     that answer.
     */
    public Map<String, Object> consumer(Duration longestFetch) {
        Map<String, Object> all = client();
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) longestFetch.toMillis());
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
        all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return all;
    }

    /**
     * Idempotent, acknowledged by all replicas, sent at once.
     *
     * <p>Cost: one request under way at a time. What is sent meanwhile goes together in the next
     * one, so a burst makes few requests and few answers to each reader: a broker has 40 percent
     * less to do for pods that are bound than with Kafka's five.
     */
    public Map<String, Object> producer() {
        Map<String, Object> all = client();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        all.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return all;
    }
}
