package dev.gantry.monitoring.shell.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Against a real broker: which node a heartbeat comes from is said by its topic. */
class HeartbeatReaderTest {
    private static final String NODE =
            """
            {"metadata": {"name": "%s"},
             "status": {"daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}}}}
            """;

    private final KafkaSettings kafka =
            new KafkaSettings(TestKafka.shared().connection(), new Topics(TestKafka.freshPrefix()));
    private final HeartbeatRegistry heartbeats =
            new HeartbeatRegistry(Duration.ofHours(1), List::of);
    private final AgentNodes nodes = new AgentNodes();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @Test
    void aNodeIsHeardOnItsOwnTopicAndNowhereElse() throws Exception {
        Topics topics = kafka.topics();
        make("node-a");
        register("node-a");
        try (var reader = new HeartbeatReader(kafka, nodes, heartbeats, heard::add)) {
            reader.start();
            awaitBeat("node-a");

            register("node-b"); // a node that comes later, and whose topic does so after it
            make("node-b");
            awaitBeat("node-b");
            send(topics.heartbeats("node-b"), beat("victim"));
            awaitBeat("node-b");
            assertThat(heartbeats.of("victim")).isEmpty();
            assertThat(heard).containsExactly("node-a", "node-b");
        }
    }

    @Test
    void leavesOutWhatIsNoHeartbeat() {
        var reader = new HeartbeatReader(kafka, nodes, heartbeats, heard::add);
        String topic = kafka.topics().heartbeats("node-a");
        for (String each : List.of("null", "{}", "{\"node\": \"node-a\"}", "{")) {
            reader.onHeartbeat(
                    new ConsumerRecord<>(topic, 0, 0, new byte[0], each.getBytes(UTF_8)));
        }
        reader.onHeartbeat(new ConsumerRecord<>(topic, 0, 0, new byte[0], null));
        assertThat(heartbeats.of("node-a")).isEmpty();
    }

    /** Beats as an agent does, again and again, until one more is heard. */
    private void awaitBeat(String node) {
        var before = heartbeats.of(node);
        Patience.await()
                .until(
                        () -> {
                            send(kafka.topics().heartbeats(node), beat(node));
                            return !heartbeats.of(node).equals(before);
                        });
    }

    @Test
    void theEchoComesTheSameWay() throws Exception {
        String echo = kafka.topics().echo();
        makeTopic(echo);
        try (var reader = new HeartbeatReader(kafka, nodes, heartbeats, heard::add)) {
            reader.start();
            Patience.await()
                    .until(
                            () -> {
                                send(echo, beat(""));
                                return heartbeats.echoCheck().isOpen(Instant.now());
                            });
        }
        assertThat(heard).isEmpty();
    }

    private void register(String node) {
        var tree = (ObjectNode) JsonMapper.shared().readTree(NODE.formatted(node));
        var key = new ObjectKey(Resources.NODES, "", node);
        nodes.onObject(key, Optional.empty(), Optional.of(new Resource(tree)));
    }

    private void make(String node) throws Exception {
        makeTopic(kafka.topics().heartbeats(node));
    }

    private void makeTopic(String name) throws Exception {
        try (Admin admin = Admin.create(new TreeMap<String, Object>(kafka.connection()))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    private void send(String topic, Object message) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, MessageCodec.encode(message))).get();
        }
    }

    private static Heartbeat beat(String node) {
        var nodes = JsonNodeFactory.instance;
        return new Heartbeat(
                node, 1, Instant.now(), nodes.arrayNode(), nodes.objectNode(), nodes.objectNode());
    }
}
