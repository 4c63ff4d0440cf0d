package dev.gantry.local.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.local.control.KafkaMain;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.pki.ClusterKeys;
import dev.gantry.local.pki.SecretFile;
import dev.gantry.local.process.ProcessSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * The embedded Kafka broker: one KRaft node in a JVM of its own.
 *
 * <p>Everybody reaches it over TLS and with a certificate: services on loopback, agents on their
 * bridge. The state service is its administrator, and gives out the rights of all others.
 */
public final class Kafka {
    private final Instance instance;

    public Kafka(Instance instance) {
        this.instance = instance;
    }

    public String bootstrap() {
        return "127.0.0.1:" + instance.kafkaPort();
    }

    /** Where agents find it. */
    static String nodeBootstrap(Instance instance) {
        return instance.hostAddress() + ":" + instance.kafkaNodePort();
    }

    /** Client properties of a node's agent. */
    public SortedMap<String, String> nodeProperties(NodePlace node) throws IOException {
        Files.createDirectories(node.home());
        return client(nodeBootstrap(instance), node.identity(), node.home().resolve("kafka.pem"));
    }

    /**
     * Client properties of a service.
     *
     * @param identity the name of the certificate that it shows
     */
    public SortedMap<String, String> serviceProperties(String identity) throws IOException {
        return client(bootstrap(), identity, instance.pki().resolve(identity + ".pem"));
    }

    private SortedMap<String, String> client(String bootstrap, String identity, Path keystore)
            throws IOException {
        PrivateFile.write(keystore, KafkaTls.pair(instance.pki(), identity));
        return KafkaTls.client(
                bootstrap, keystore.toString(), instance.pki().resolve("ca.crt").toString());
    }

    public void prepare() throws IOException {
        SecretFile.folder(instance.data().resolve("kafka"));
        PrivateFile.write(
                instance.pki().resolve("kafka.pem"),
                KafkaTls.pair(instance.pki(), ClusterKeys.BROKER));
        PrivateFile.write(configuration(), serverProperties());
        PrivateFile.write(instance.home().resolve("kafka.properties"), administrator());
    }

    /** For Kafka's own tools, in the hands of the cluster's administrator. */
    private String administrator() throws IOException {
        var text =
                new StringBuilder(
                        "# Reads gantry.changes.*, in groups whose name starts with admin.\n");
        serviceProperties("admin")
                .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    public ProcessSpec process() throws IOException {
        List<String> command =
                Java.command(
                        instance,
                        "kafka",
                        List.of(
                                Java.ONE_KEY_EXCHANGE,
                                Java.optionsIn(instance, "hot-only"),
                                "-XX:+UseSerialGC",
                                "-Xms48m",
                                "-Xmx224m",
                                // Cost: 45 MB live. A young generation as large as usual would keep
                                // 40 MB more of what is dead.
                                "-XX:MaxNewSize=20m",
                                Java.TIGHT_HEAP,
                                "-Xss512k"),
                        KafkaMain.class.getName(),
                        List.of(configuration().toString()));
        return new ProcessSpec(
                "kafka",
                2,
                command,
                Java.environment(),
                instance.logs().resolve("kafka.log"),
                ProcessSpec.Readiness.once(this::isReady),
                ProcessSpec.Stop.by("TERM"));
    }

    private boolean isReady() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", instance.kafkaPort()), 500);
            return true;
        }
    }

    private Path configuration() {
        return instance.home().resolve("config").resolve("kafka.properties");
    }

    private String serverProperties() throws IOException {
        try (var in = Kafka.class.getResourceAsStream("kafka-server.properties")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            return text.replace(
                            "${controllerPort}", Integer.toString(instance.kafkaControllerPort()))
                    .replace("${localPort}", Integer.toString(instance.kafkaPort()))
                    .replace("${nodeAddress}", instance.hostAddress())
                    .replace("${nodePort}", Integer.toString(instance.kafkaNodePort()))
                    .replace("${keystore}", instance.pki().resolve("kafka.pem").toString())
                    .replace("${truststore}", instance.pki().resolve("ca.crt").toString())
                    .replace("${folder}", instance.data().resolve("kafka").toString());
        }
    }
}
