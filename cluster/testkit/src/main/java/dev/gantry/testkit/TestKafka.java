package dev.gantry.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, one node) in this JVM, that can be stopped and started again with its
 * files. Tests that share one tell their topics apart by {@link #freshPrefix()}.
 */
public final class TestKafka implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable TestKafka shared;

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private TestKafka(Path folder, int port, int controllerPort) {
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** The broker that all tests of this JVM share; not to be stopped. */
    public static synchronized TestKafka shared() {
        if (shared == null) {
            shared = ownBroker();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** A broker of its own; {@link #close()} deletes it. */
    public static TestKafka ownBroker() {
        try {
            Path folder = Files.createTempDirectory("gantry-kafka");
            var made = new TestKafka(folder, FreePorts.next(), FreePorts.next());
            made.format();
            made.start();
            return made;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** A topic prefix that no other test of this JVM has. */
    public static String freshPrefix() {
        return "test" + NUMBER.incrementAndGet() + ".";
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a client needs to connect. */
    public Map<String, String> connection() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** Starts the broker again with the files that it had. */
    public synchronized void start() {
        var made = new KafkaRaftServer(KafkaConfig.fromProps(properties(), false), Time.SYSTEM);
        made.startup();
        server = made;
    }

    /** Stops the broker; clients lose their connections. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** What the stopped broker had is gone: when it is started, it is a cluster that is new. */
    public void loseDisk() {
        deleteFiles();
        format();
    }

    @Override
    public void close() {
        stop();
        deleteFiles();
    }

    private void deleteFiles() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void format() {
        var said = new ByteArrayOutputStream();
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(folder.resolve("log").toString())
                    .setMetadataLogDirectory(folder.resolve("log").toString())
                    .run();
        } catch (Exception fault) {
            throw new IllegalStateException(
                    "cannot format " + folder + ": " + said.toString(StandardCharsets.UTF_8),
                    fault);
        }
    }

    private Properties properties() {
        var all = new Properties();
        all.putAll(
                Map.of(
                        "process.roles",
                        "broker,controller",
                        "node.id",
                        "1",
                        "controller.quorum.voters",
                        "1@127.0.0.1:" + controllerPort,
                        "controller.listener.names",
                        "CONTROLLER",
                        "listeners",
                        listeners(),
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:" + port,
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "log.dirs",
                        folder.resolve("log").toString()));
        all.putAll(
                Map.of(
                        "offsets.topic.replication.factor", "1",
                        "offsets.topic.num.partitions", "1",
                        "transaction.state.log.replication.factor", "1",
                        "transaction.state.log.min.isr", "1",
                        "transaction.state.log.num.partitions", "1",
                        "share.coordinator.state.topic.replication.factor", "1",
                        "share.coordinator.state.topic.min.isr", "1",
                        "group.initial.rebalance.delay.ms", "0",
                        "log.cleaner.dedupe.buffer.size", "1048577",
                        "auto.create.topics.enable", "false"));
        all.putAll(
                Map.of(
                        "num.io.threads", "2",
                        "num.network.threads", "2"));
        return all;
    }

    private String listeners() {
        return "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort);
    }
}
