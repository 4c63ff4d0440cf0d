package dev.gantry.scheduler.shell.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.shell.bind.BindingSender;
import dev.gantry.testkit.TestKafka;
import java.util.HashMap;
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
        try (var admin = Admin.create(new HashMap<>(settings.connection()))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(topics.bindings(), 1, (short) 1),
                                    new NewTopic(topics.rejectedBindings(), 1, (short) 1)))
                    .all()
                    .get();
        }
        BlockingQueue<SchedulerInput> heard = new LinkedBlockingQueue<>();
        try (var sender = new BindingSender(settings);
                var tail = new BindingTail(settings, sender::sendAndWait, heard::add)) {
            sender.sendAndWait(binding("early").stamped(new Binding.Stamp(7, 1)));
            tail.start();
            sender.sendAndWait(binding("late").stamped(new Binding.Stamp(7, 1)));

            long term = tail.takeOver();

            assertThat(term).isGreaterThan(7);
            assertThat(
                            heard.stream()
                                    .map(each -> ((SchedulerInput.BindingReplayed) each).binding()))
                    .containsExactly(
                            binding("early").stamped(new Binding.Stamp(7, 1)),
                            binding("late").stamped(new Binding.Stamp(7, 1)),
                            Binding.fence(term));
        }
    }

    private static Binding binding(String name) {
        return new Binding(
                new Binding.Pod("default", name, new Uid(name)), 1, "n", Binding.Grounds.NONE);
    }
}
