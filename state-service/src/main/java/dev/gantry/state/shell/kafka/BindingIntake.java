package dev.gantry.state.shell.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.message.Binding;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.RejectedBinding;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.ingest.BindingDecider;
import dev.gantry.state.ingest.Verdict;
import dev.gantry.state.log.StateLog;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The scheduler's decisions. */
final class BindingIntake implements Intake<Binding> {
    private final Topics topics;
    private final Set<String> read;
    private final StateLog log;
    private final InstantSource clock;
    private final Producer<byte[], byte[]> producer;
    private long term;

    BindingIntake(
            Topics topics, StateLog log, InstantSource clock, Producer<byte[], byte[]> producer) {
        this.topics = topics;
        this.read = Set.of(topics.bindings());
        this.log = log;
        this.clock = clock;
        this.producer = producer;
    }

    @Override
    public Set<String> topics() {
        return read;
    }

    @Override
    public boolean mayComeFrom(String topic, Binding message) {
        return true;
    }

    @Override
    public Class<Binding> type() {
        return Binding.class;
    }

    @Override
    public List<Uid> subjects(Binding message) {
        return message.all().stream().map(Binding::uid).toList();
    }

    @Override
    public boolean isOvertakenBy(Binding earlier, Binding later) {
        return !earlier.isPlaced()
                && earlier.victims().isEmpty()
                && earlier.party().members().isEmpty()
                && earlier.effects().isEmpty();
    }

    /**
     * The order of messages decides, not that of decisions: what a leader of an older term sent
     * before its successor's fence counts, since the successor reads it; what comes behind does
     * not.
     */
    @Override
    public boolean isCurrent(Binding message) {
        term = Math.max(term, message.term());
        return !message.isFence() && (message.term() == 0 || message.term() == term);
    }

    /**
     * The term goes with the position in the topic. Without it, who begins here would not know of
     * the fence before, and would let pass what a leader that was deposed still sends.
     */
    @Override
    public String memory() {
        return Long.toString(term);
    }

    @Override
    public void recall(String memory) {
        if (memory.matches("[0-9]{1,18}")) {
            term = Math.max(term, Long.parseLong(memory));
        }
    }

    @Override
    public Verdict decide(Binding message) {
        return BindingDecider.decide(message, log::get, clock.instant());
    }

    @Override
    public void reject(Binding message, String why) {
        producer.send(
                new ProducerRecord<>(
                        topics.rejectedBindings(),
                        message.uid().value().getBytes(UTF_8),
                        MessageCodec.encode(new RejectedBinding(message, why))));
    }
}
