package dev.gantry.scheduler.shell.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.Happening;
import dev.gantry.scheduler.shell.bind.BindingSender;
import dev.gantry.testkit.TestKafka;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Over a real Kafka. */
final class BindingTailTest {
    private final Topics topics = new Topics(TestKafka.freshPrefix());
    private final KafkaSettings settings =
            new KafkaSettings(TestKafka.shared().connection(), topics);

    @Test
    void allThatTheOldLeaderSentIsHeardBeforeTheNewOneBegins() throws Exception {
        try (var admin = Admin.create(new java.util.HashMap<>(settings.connection()))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(topics.bindings(), 1, (short) 1),
                                    new NewTopic(topics.rejectedBindings(), 1, (short) 1)))
                    .all()
                    .get();
        }
        BlockingQueue<Happening> heard = new LinkedBlockingQueue<>();
        try (var sender = new BindingSender(settings);
                var tail = new BindingTail(settings, sender::sendAndWait, heard::add)) {
            sender.sendAndWait(binding("early").ofTerm(7));
            tail.start();
            sender.sendAndWait(binding("late").ofTerm(7));

            long term = tail.takeOver();

            assertThat(term).isGreaterThan(7);
            assertThat(heard.stream().map(each -> ((Happening.Foretold) each).binding()))
                    .containsExactly(
                            binding("early").ofTerm(7),
                            binding("late").ofTerm(7),
                            Binding.fence(term));
        }
    }

    private static Binding binding(String name) {
        return new Binding("default", name, new Uid(name), "n", "", "", 1, "");
    }
}
