package dev.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestKafkaTest {
    @Test
    void keepsItsTopicsOverAStop() throws Exception {
        try (var kafka = TestKafka.ownBroker()) {
            try (var admin = admin(kafka)) {
                admin.createTopics(List.of(new NewTopic("kept", Optional.of(1), Optional.empty())))
                        .all()
                        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }

            kafka.stop();
            kafka.start();

            try (var admin = admin(kafka)) {
                assertThat(
                                admin.listTopics()
                                        .names()
                                        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .contains("kept");
            }
        }
    }

    private static Admin admin(TestKafka kafka) {
        return Admin.create(Map.<String, Object>copyOf(kafka.connection()));
    }
}
