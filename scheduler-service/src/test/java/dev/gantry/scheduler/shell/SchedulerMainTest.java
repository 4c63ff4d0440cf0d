package dev.gantry.scheduler.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gantry.client.shell.feed.ChangeCodec;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.RejectedBinding;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scheduler over a real Kafka. */
final class SchedulerMainTest {
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource NODES = Resources.NODES;

    private final Topics topics = new Topics(TestKafka.freshPrefix());
    private final KafkaSettings settings =
            new KafkaSettings(TestKafka.shared().connection(), topics);
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<byte[], byte[]> bindings;
    private long revision;

    @BeforeEach
    void makeTopics() throws Exception {
        Stream<String> needs = SchedulerInput.NEEDS.stream().map(topics::changes);
        List<NewTopic> wanted =
                Stream.concat(
                                needs,
                                Stream.of(
                                        topics.changes(PODS),
                                        topics.changes(NODES),
                                        topics.changes(Resources.NAMESPACES),
                                        topics.changes(Resources.POD_DISRUPTION_BUDGETS),
                                        topics.changes(Resources.POD_GROUPS),
                                        topics.bindings(),
                                        topics.rejectedBindings()))
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList();
        try (var admin = Admin.create(new HashMap<>(settings.connection()))) {
            admin.createTopics(wanted).all().get();
        }
        producer =
                new KafkaProducer<>(
                        settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        bindings =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        bindings.assign(List.of(new TopicPartition(topics.bindings(), 0)));
        bindings.seekToBeginning(bindings.assignment());
    }

    @AfterEach
    void close() {
        producer.close();
        bindings.close();
    }

    @Test
    void placesWhatIsThereAndWhatComesAndTriesAgainWhatWasRefused() throws IOException {
        publish(NODES, Sample.node("a", "4", "8Gi", ""));
        publish(PODS, Sample.pod("early", "1", "1Gi", ""));
        String kafka =
                "--gantry.kafka.properties[bootstrap.servers]="
                        + TestKafka.shared().bootstrapServers();
        String prefix = "--gantry.kafka.topic-prefix=" + topics.prefix();
        int port = FreePorts.next();
        String management = "--gantry.scheduler.management-port=" + port;
        try (var scheduler = SchedulerMain.start(kafka, prefix, management)) {
            assertThat(scheduler.isActive()).isTrue();
            Binding early = await(1).getFirst();
            assertThat(early.name()).isEqualTo("early");
            assertThat(early.node()).isEqualTo("a");
            assertThat(early.explanation()).contains("\"feasible\":1");

            publish(PODS, Sample.pod("late", "1", "1Gi", ""));
            publish(PODS, Sample.pod("huge", "100", "1Gi", ""));
            List<Binding> next = await(2);
            // Equally old: which is tried first depends on whether both are heard at once.
            assertThat(next)
                    .extracting(Binding::name, Binding::isPlaced)
                    .containsExactlyInAnyOrder(tuple("late", true), tuple("huge", false));
            assertThat(next.stream().map(Binding::message).toList())
                    .anyMatch(message -> message.contains("1 Insufficient cpu"));

            refuse(early);
            assertThat(await(1).getFirst().name()).isEqualTo("early");

            assertThat(page(port, "/readyz")).isEqualTo("ok");
            assertThat(page(port, "/metrics"))
                    .contains(
                            "\nscheduler_schedule_attempts_total{profile=\"packing\",result=\"scheduled\"} 3\n",
                            "\nprocess_open_fds ");
        }
    }

    private static String page(int port, String path) throws IOException {
        var url = URI.create("http://127.0.0.1:" + port + path).toURL();
        try (var in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void theLongestBackOffIsNoShorterThanTheFirst() {
        String kafka =
                "--gantry.kafka.properties[bootstrap.servers]="
                        + TestKafka.shared().bootstrapServers();
        String first = "--gantry.scheduler.pod-initial-backoff-seconds=5";
        String longest = "--gantry.scheduler.pod-max-backoff-seconds=4";

        assertThatThrownBy(() -> SchedulerMain.start(kafka, first, longest))
                .rootCause()
                .hasMessageStartingWith(
                        "gantry.scheduler.pod-max-backoff-seconds is '4', expected a whole number"
                                + " from 5 to 3600");
    }

    private void publish(GroupResource resource, Resource object) {
        var change =
                new ChangeMessage(
                        object.key(resource),
                        new Revision(++revision),
                        Revision.NONE,
                        ChangeMessage.Type.ADDED,
                        Instant.now().toString(),
                        "test",
                        object.tree().toString().getBytes(UTF_8));
        producer.send(ChangeCodec.encode(topics.changes(resource), change));
        producer.flush();
    }

    private void refuse(Binding binding) {
        byte[] value = MessageCodec.encode(new RejectedBinding(binding, "just so"));
        producer.send(new ProducerRecord<>(topics.rejectedBindings(), value));
        producer.flush();
    }

    private List<Binding> await(int count) {
        List<Binding> found = new ArrayList<>();
        Instant deadline = Instant.now().plus(Patience.LIMIT);
        while (found.size() < count && Instant.now().isBefore(deadline)) {
            bindings.poll(Duration.ofMillis(100))
                    .forEach(
                            record ->
                                    found.add(MessageCodec.decode(record.value(), Binding.class)));
        }
        assertThat(found).hasSize(count);
        return found;
    }
}
