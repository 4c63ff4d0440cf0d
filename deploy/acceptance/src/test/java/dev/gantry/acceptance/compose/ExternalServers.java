package dev.gantry.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.local.component.KafkaTls;
import dev.gantry.local.pki.Authority;
import dev.gantry.local.pki.Identity;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * PostgreSQL and Kafka as somebody else runs them: TLS of an authority of their own, names and
 * passwords, and nothing of Gantry.
 *
 * @param network whose containers know them by the names of {@code deploy/README.md}
 * @param folder for their keys
 */
record ExternalServers(String network, Path folder) {
    private static final String POSTGRES = "external-postgres";
    private static final String KAFKA = "external-kafka";

    /** Of the users in the official images. */
    private static final int POSTGRES_USER = 999;

    private static final int KAFKA_USER = 1000;

    /** One node, which asks clients for a name and a password. */
    private static final String BROKER =
            """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@localhost:9093
            controller.listener.names=CONTROLLER
            listeners=CLIENTS://:9092,CONTROLLER://localhost:9093
            advertised.listeners=CLIENTS://kafka.example.com:9092
            listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:SSL
            inter.broker.listener.name=CLIENTS
            ssl.keystore.type=PEM
            ssl.keystore.location=/etc/keys/kafka.pem
            ssl.truststore.type=PEM
            ssl.truststore.location=/etc/keys/ca.crt
            listener.name.controller.ssl.client.auth=required
            listener.name.controller.ssl.principal.mapping.rules=RULE:^CN=([a-z-]+)$/$1/
            sasl.enabled.mechanisms=PLAIN
            sasl.mechanism.inter.broker.protocol=PLAIN
            listener.name.clients.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="broker" password="of the broker" user_broker="of the broker" %s;
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            super.users=User:broker;User:gantry-state
            log.dirs=/var/lib/kafka/data
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.num.partitions=1
            transaction.state.log.min.isr=1
            group.initial.rebalance.delay.ms=0
            message.max.bytes=8388608
            replica.fetch.max.bytes=8388608
            """;

    /** The certificate that their clients trust. */
    String authority() throws IOException {
        return Files.readString(folder.resolve("pki/ca.crt"));
    }

    /**
     * Returns without waiting for them.
     *
     * @param users of Kafka, with their passwords
     */
    void start(SortedMap<String, String> users) throws IOException, GeneralSecurityException {
        Path pki = folder.resolve("pki");
        Authority authority = Authority.in(pki);
        authority.issue(server("postgres", "postgres", "db.example.com"));
        authority.issue(server("kafka", "broker", "kafka.example.com", "localhost"));
        startPostgres(pki);
        startKafka(pki, users);
    }

    /** Runs statements as the superuser, once PostgreSQL answers. */
    String sql(String database, String statements) {
        Patience.await().until(() -> inPostgres("", "pg_isready", "-q").code() == 0);
        Cluster.Result result =
                inPostgres(statements, "psql", "-v", "ON_ERROR_STOP=1", "-qtA", "-d", database);
        assertThat(result.code()).as(result.text()).isZero();
        return result.out();
    }

    private static Cluster.Result inPostgres(String input, String... program) {
        List<String> command = new ArrayList<>(List.of("docker", "exec", "-i", POSTGRES));
        command.addAll(List.of(program));
        command.addAll(List.of("-h", "127.0.0.1", "-U", "postgres"));
        return Cluster.run(command, input, Duration.ofMinutes(1));
    }

    static List<String> containers() {
        return List.of(POSTGRES, KAFKA);
    }

    private void startPostgres(Path pki) throws IOException {
        Path keys = Files.createDirectories(folder.resolve("postgres"));
        Files.copy(pki.resolve("postgres.crt"), keys.resolve("postgres.crt"));
        Files.copy(pki.resolve("postgres.key"), keys.resolve("postgres.key"));
        Files.writeString(keys.resolve("password"), "of the superuser");
        giveTo(POSTGRES_USER, keys);
        run(
                POSTGRES,
                "db.example.com",
                keys,
                List.of("-e", "POSTGRES_PASSWORD_FILE=/etc/keys/password"),
                List.of(
                        "postgres:18",
                        "postgres",
                        "-c",
                        "ssl=on",
                        "-c",
                        "ssl_cert_file=/etc/keys/postgres.crt",
                        "-c",
                        "ssl_key_file=/etc/keys/postgres.key"));
    }

    private void startKafka(Path pki, SortedMap<String, String> users) throws IOException {
        Path keys = Files.createDirectories(folder.resolve("kafka"));
        Files.writeString(keys.resolve("kafka.pem"), KafkaTls.pair(pki, "kafka"));
        Files.copy(pki.resolve("ca.crt"), keys.resolve("ca.crt"));
        String named =
                users.entrySet().stream()
                        .map(user -> "\"user_%s\"=\"%s\"".formatted(user.getKey(), user.getValue()))
                        .collect(Collectors.joining(" "));
        Files.writeString(keys.resolve("server.properties"), BROKER.formatted(named));
        giveTo(KAFKA_USER, keys);
        run(
                KAFKA,
                "kafka.example.com",
                keys,
                List.of("-e", "KAFKA_HEAP_OPTS=-Xmx256m", "-v", keys + ":/mnt/shared/config:ro"),
                List.of("apache/kafka:4.2.1"));
    }

    private void run(String name, String host, Path keys, List<String> options, List<String> what) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "run",
                                "-d",
                                "--name",
                                name,
                                "--network",
                                network,
                                "--network-alias",
                                host,
                                "-v",
                                keys + ":/etc/keys:ro"));
        command.addAll(options);
        command.addAll(what);
        Docker.run(command);
    }

    private static Identity server(String file, String name, String... hosts) {
        return new Identity(file, name, List.of(), List.of(hosts));
    }

    private static void giveTo(int user, Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Files.setAttribute(each, "unix:uid", user);
                Files.setAttribute(each, "unix:gid", user);
            }
        }
    }
}
