package dev.gantry.agent.shell.kafka;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.Uid;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a node says and hears while its topics are there, and while they are not. */
class NodeReportsTest {
    private static final String NODE = "node-1";

    private KafkaSettings settings;
    private NodeReports reports;
    private final List<String> refused = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        settings =
                new KafkaSettings(
                        TestKafka.shared().connection(), new Topics(TestKafka.freshPrefix()));
        reports = new NodeReports(settings, (report, _) -> refused.add(report.name())).start();
    }

    @AfterEach
    void stop() {
        reports.close();
    }

    @Test
    void sendsNothingWhileItIsShutAndThenTheLatestOfEachPod() throws Exception {
        make(settings.topics().podStatus(NODE));
        reports.open();
        reports.report(report("a", 1));
        assertThat(sent(1)).containsExactly(1L);
        reports.shut();
        reports.report(report("a", 2));
        reports.report(report("a", 3));
        reports.open();
        assertThat(sent(2)).containsExactly(1L, 3L);
    }

    @Test
    void aStatusThatKafkaWillNotTakeIsToldAndTheOthersAreSent() throws Exception {
        make(settings.topics().podStatus(NODE));
        PodStatusReport large = report("large", 1);
        large.status().put("phase", "x".repeat(5 << 20));
        reports.open();
        reports.report(large);
        reports.report(report("small", 2));
        assertThat(sent(1)).containsExactly(2L);
        assertThat(refused).containsExactly("large");
    }

    /** The topic of this test takes less than the agent would send. */
    @Test
    void whatTheBrokerRefusesForItsSizeIsNotSentAgain() throws Exception {
        make(settings.topics().podStatus(NODE), Map.of("max.message.bytes", "2000"));
        PodStatusReport large = report("large", 1);
        large.status().put("phase", "x".repeat(5000));
        reports.open();
        reports.report(large);
        await().until(() -> !refused.isEmpty());
        reports.report(report("small", 2));
        assertThat(sent(1)).containsExactly(2L);
        assertThat(refused).containsExactly("large");
    }

    @Test
    void aStatusThatIsLargeForItsMessagesIsSentWithShortOnes() throws Exception {
        make(settings.topics().podStatus(NODE));
        PodStatusReport large = report("large", 1);
        large.status().put("message", "x".repeat(5 << 20));
        reports.open();
        reports.report(large);
        assertThat(sent(1)).containsExactly(1L);
        assertThat(refused).isEmpty();
    }

    @Test
    void theFeedTellsWhetherTheTopicIsThere() throws Exception {
        var ups = new AtomicInteger();
        var downs = new AtomicInteger();
        var connection =
                new AssignmentFeed.Connection() {
                    @Override
                    public void isUp() {
                        ups.incrementAndGet();
                    }

                    @Override
                    public void isDown() {
                        downs.incrementAndGet();
                    }
                };
        try (var feed = new AssignmentFeed(settings, NODE, _ -> {}, connection)) {
            feed.start();
            await().until(() -> downs.get() == 1);
            assertThat(ups.get()).isZero();
            make(settings.topics().assignments(NODE));
            await().until(() -> ups.get() == 1);
            assertThat(downs.get()).as("told once").isEqualTo(1);
        }
    }

    private List<Long> sent(int count) {
        List<Long> found = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partition = new TopicPartition(settings.topics().podStatus(NODE), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().until(
                            () -> {
                                for (ConsumerRecord<byte[], byte[]> each :
                                        consumer.poll(Duration.ofMillis(100))) {
                                    found.add(
                                            MessageCodec.decode(each.value(), PodStatusReport.class)
                                                    .sequence());
                                }
                                return found.size() >= count;
                            });
        }
        return found;
    }

    private void make(String topic) throws Exception {
        make(topic, Map.of());
    }

    private void make(String topic, Map<String, String> configs) throws Exception {
        try (Admin admin = Admin.create(Map.copyOf(settings.client()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs)))
                    .all()
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static PodStatusReport report(String pod, long sequence) {
        return new PodStatusReport(
                NODE,
                "default",
                pod,
                new Uid(pod),
                sequence,
                JsonNodeFactory.instance.objectNode(),
                false);
    }
}
