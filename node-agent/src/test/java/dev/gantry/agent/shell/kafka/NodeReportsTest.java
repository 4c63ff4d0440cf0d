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

    @BeforeEach
    void start() {
        settings =
                new KafkaSettings(
                        TestKafka.shared().connection(), new Topics(TestKafka.freshPrefix()));
        reports = new NodeReports(settings).start();
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
        try (Admin admin = Admin.create(Map.copyOf(settings.client()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
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
