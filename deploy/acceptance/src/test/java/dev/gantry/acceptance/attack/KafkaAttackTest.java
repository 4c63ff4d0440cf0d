package dev.gantry.acceptance.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.KafkaAccess;
import dev.gantry.acceptance.TestNamespace;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.Uid;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody on the machine, and somebody who holds the keys of the second node, talk to Kafka. */
@ExtendWith(Cluster.Shared.class)
final class KafkaAttackTest {
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    private final Cluster cluster;
    @AutoClose private final TestNamespace ns;

    KafkaAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void aStrangerOnTheMachineIsNotLetIn() throws IOException {
        String address = KafkaAccess.of(cluster, "state").get("bootstrap.servers").toString();
        for (String protocol : List.of("PLAINTEXT", "SSL")) {
            Map<String, Object> stranger = KafkaAccess.patient();
            stranger.put("bootstrap.servers", address);
            // Kafka's client knocks until then, however often it is sent away.
            stranger.put("default.api.timeout.ms", "3000");
            stranger.put("request.timeout.ms", "2000");
            stranger.put("security.protocol", protocol);
            if (protocol.equals("SSL")) {
                stranger.put("ssl.truststore.type", "PEM");
                stranger.put(
                        "ssl.truststore.location", cluster.home().resolve("pki/ca.crt").toString());
            }
            try (Admin admin = Admin.create(stranger)) {
                assertThatThrownBy(() -> admin.listTopics().names().get())
                        .as(protocol)
                        .isInstanceOf(ExecutionException.class);
            }
        }
        for (String folder : List.of("data/kafka", "logs")) {
            Path closed = cluster.home().resolve(folder);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
                    .as(folder)
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aNodeKnowsOnlyItsOwnTopics() throws Exception {
        String self = "node-2";
        try (Admin admin = Admin.create(KafkaAccess.of(cluster, "agent-2"))) {
            assertThat(admin.listTopics().names().get())
                    .containsExactlyInAnyOrder(
                            TOPICS.assignments(self),
                            TOPICS.podStatus(self),
                            TOPICS.heartbeats(self),
                            TOPICS.usage(self));
            var fresh = new NewTopic("gantry.mine", Optional.of(1), Optional.empty());
            assertThatThrownBy(() -> admin.createTopics(List.of(fresh)).all().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("uthoriz");
        }
    }

    @Test
    void aNodeWritesAndReadsNothingOfOthers() throws Exception {
        String other = "node-1";
        for (String topic :
                List.of(
                        TOPICS.podStatus(other),
                        TOPICS.heartbeats(other),
                        TOPICS.usage(other),
                        TOPICS.assignments("node-2"),
                        TOPICS.bindings(),
                        "gantry.changes.pods")) {
            assertThatThrownBy(() -> send(topic, new byte[] {'{', '}'}))
                    .as(topic)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        for (String topic :
                List.of(
                        TOPICS.assignments(other),
                        TOPICS.podStatus(other),
                        "gantry.changes.pods")) {
            assertThatThrownBy(() -> read(topic))
                    .as(topic)
                    .isInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void aForgedReportMovesNoPodAndLocksNobodyOut() throws Exception {
        ns.sleeperOn("node-1", "victim");
        var pod = cluster.json("get", "pod", "victim", "-n", ns.name());
        String address = pod.at("/status/podIP").asString();
        Uid uid = new Uid(pod.at("/metadata/uid").asString());
        ObjectNode forged = JsonMapper.shared().createObjectNode().put("phase", "Running");
        forged.put("podIP", "10.66.6.6").putArray("podIPs").addObject().put("ip", "10.66.6.6");
        for (String claimed : List.of("node-1", "node-2")) {
            var report =
                    new PodStatusReport(
                            claimed, ns.name(), "victim", uid, Long.MAX_VALUE, forged, false);
            send(TOPICS.podStatus("node-2"), MessageCodec.encode(report));
        }
        // The real agent is still heard: only its last report lets a pod go.
        assertThat(cluster.json("get", "pod", "victim", "-n", ns.name()).at("/status/podIP"))
                .hasToString("\"" + address + "\"");
        ns.delete("pod", "victim");
    }

    @Test
    void nonsenseOfANodeSilencesNobodyElse() throws Exception {
        String self = "node-2";
        for (String topic :
                List.of(TOPICS.podStatus(self), TOPICS.heartbeats(self), TOPICS.usage(self))) {
            for (String each : List.of("null", "{}", "[]", "{\"node\": \"node-2\"}", "{")) {
                send(topic, each.getBytes(UTF_8));
            }
            send(topic, null);
        }
        ns.sleeperOn("node-1", "heard");
        ns.sleeperOn("node-2", "too");
    }

    private void send(String topic, byte @Nullable [] value) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        KafkaAccess.of(cluster, "agent-2"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "key".getBytes(UTF_8), value)).get();
        }
    }

    private void read(String topic) throws IOException {
        try (var consumer =
                new KafkaConsumer<>(
                        KafkaAccess.of(cluster, "agent-2"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.poll(Patience.LIMIT);
        }
    }
}
