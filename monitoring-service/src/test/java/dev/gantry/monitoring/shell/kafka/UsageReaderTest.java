package dev.gantry.monitoring.shell.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.Topics;
import dev.gantry.model.message.Usage;
import dev.gantry.model.message.Usage.Consumption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is kept of the usage that nodes report; reading topics is tested with heartbeats. */
class UsageReaderTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final KafkaSettings kafka =
            new KafkaSettings(Map.of("bootstrap.servers", "localhost:1"), new Topics("test."));
    private final UsageReader reader = new UsageReader(kafka, new AgentNodes());

    @Test
    void hasRatesAfterTwoSamplesUntilTheyAreOld() {
        hear("a", "a", THEN);
        assertThat(reader.rates("a", THEN)).isEmpty();
        hear("a", "a", THEN.plusSeconds(10));
        assertThat(reader.rates("a", THEN.plusSeconds(20))).isPresent();
        assertThat(reader.rates("a", THEN.plusSeconds(71))).isEmpty();
    }

    @Test
    void forgetsANodeThatIsGone() {
        hear("a", "a", THEN);
        hear("a", "a", THEN.plusSeconds(10));
        reader.forget("a");
        assertThat(reader.rates("a", THEN.plusSeconds(10))).isEmpty();
    }

    @Test
    void believesOfANodeWhatItsOwnTopicSays() {
        hear("a", "b", THEN);
        hear("a", "b", THEN.plusSeconds(10));
        assertThat(reader.rates("a", THEN.plusSeconds(10))).isEmpty();
        assertThat(reader.rates("b", THEN.plusSeconds(10))).isEmpty();
    }

    @Test
    void leavesOutWhatIsNoUsage() {
        hear("a", "a", THEN);
        String topic = kafka.topics().usage("a");
        for (String each : List.of("null", "{}", "{\"node\": \"a\"}", "{")) {
            reader.onUsage(new ConsumerRecord<>(topic, 0, 0, new byte[0], each.getBytes(UTF_8)));
        }
        reader.onUsage(new ConsumerRecord<>(topic, 0, 0, new byte[0], null));
        hear("a", "a", THEN.plusSeconds(10));
        assertThat(reader.rates("a", THEN.plusSeconds(20))).isPresent();
    }

    private void hear(String topicOf, String node, Instant at) {
        var usage = new Usage(node, at, new Consumption(0, 0, 0, 0), List.of());
        reader.onUsage(
                new ConsumerRecord<>(
                        kafka.topics().usage(topicOf),
                        0,
                        0,
                        new byte[0],
                        MessageCodec.encode(usage)));
    }
}
