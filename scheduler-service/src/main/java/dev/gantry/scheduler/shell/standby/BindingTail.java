package dev.gantry.scheduler.shell.standby;

import dev.gantry.client.shell.kafka.ConsumerLoop;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.RejectedBinding;
import dev.gantry.scheduler.cycle.SchedulerInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads what the leader sends, from where state has not taken it in yet, while we stand by.
 *
 * <p>To take over, it writes a fence and reads up to it: all of an older term in front of the fence
 * has been heard by then, and state leaves out all behind it.
 *
 * <p>Invariant: a term is higher than all before it, although they are not recorded: it is beyond
 * the place in the topic where its fence was written. Of two fences of one term the first counts.
 */
public final class BindingTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BindingTail.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Longer than a commit takes to reach the change feed. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Writes a fence, and returns where it stands. */
    @FunctionalInterface
    public interface Fencing {
        long write(Binding fence) throws InterruptedException;
    }

    /** Hears what was sent; called by one thread. */
    @FunctionalInterface
    public interface InputSink {
        void accept(SchedulerInput input);
    }

    private final KafkaSettings settings;
    private final Fencing fencing;
    private final InputSink sink;
    private final TopicPartition partition;
    private final TopicPartition refusals;
    private final Loop loop = new Loop("bindings-tail", this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long position = -1;
    private long highestTerm;

    /** Where the last fence stands that raised the term. */
    private long lastFence = -1;

    private boolean isNeeded = true;

    /** How often it was asked to read from the beginning. */
    private int beginnings;

    public BindingTail(KafkaSettings settings, Fencing fencing, InputSink sink) {
        this.settings = settings;
        this.fencing = fencing;
        this.sink = sink;
        this.partition = new TopicPartition(settings.topics().bindings(), 0);
        this.refusals = new TopicPartition(settings.topics().rejectedBindings(), 0);
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /** Returns the term from which on our bindings count; what was sent before has been heard. */
    public long takeOver() throws InterruptedException {
        lock.lock();
        try {
            awaitPosition(0);
            while (true) {
                // The leader before fenced in front of here, with a term no higher than that.
                long term = Math.max(highestTerm, position) + 1;
                long fence = fencing.write(Binding.fence(term));
                awaitPosition(fence + 1);
                if (lastFence == fence) {
                    isNeeded = false;
                    return term;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Another replica leads: what it sends is to be read again. */
    public void standBy() {
        lock.lock();
        try {
            isNeeded = true;
            beginnings++;
            position = -1;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitPosition(long wanted) throws InterruptedException {
        while (position < wanted) {
            boolean _ = moved.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() throws Exception {
        while (!loop.isClosed()) {
            if (awaitNeed()) {
                ConsumerLoop.read(settings.consumer(), loop, this::read);
            }
        }
    }

    private boolean awaitNeed() throws InterruptedException {
        lock.lock();
        try {
            if (!isNeeded) {
                boolean _ = moved.await(1, TimeUnit.SECONDS);
            }
            return isNeeded;
        } finally {
            lock.unlock();
        }
    }

    private void read(Loop loop, Consumer<byte[], byte[]> consumer) throws InterruptedException {
        int beginning = beginnings();
        while (!consumer.listTopics(LIMIT).keySet().containsAll(topics())) {
            loop.pause(POLL);
        }
        consumer.assign(List.of(partition, refusals));
        rewind(consumer);
        while (!loop.isClosed() && isNeeded(beginning)) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                hear(each);
            }
            reached(consumer.position(partition), beginning);
        }
    }

    private List<String> topics() {
        return List.of(partition.topic(), refusals.topic());
    }

    /**
     * To where state has not decided yet, and further: what it decided takes a moment to reach the
     * change feed, and what is heard twice does no harm.
     */
    private void rewind(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        long then = Instant.now().minus(OVERLAP).toEpochMilli();
        var found = consumer.offsetsForTimes(Map.of(partition, then, refusals, then));
        consumer.seekToEnd(List.of(partition, refusals));
        for (TopicPartition each : List.of(partition, refusals)) {
            OffsetAndTimestamp start = found.get(each);
            if (start != null) {
                consumer.seek(each, start.offset());
            }
        }
        Optional<Long> undecided = undecidedByState();
        if (undecided.isEmpty()) {
            consumer.seekToBeginning(List.of(partition));
        } else if (undecided.get() < consumer.position(partition)) {
            consumer.seek(partition, undecided.get());
        }
    }

    private Optional<Long> undecidedByState() throws InterruptedException {
        String group = settings.topics().prefix() + "state.bindings";
        try (Admin admin = Admin.create(settings.client())) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return Optional.ofNullable(offsets.get(partition)).map(OffsetAndMetadata::offset);
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("cannot read the offsets of " + group, fault);
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(refusals.topic())) {
                var refused = MessageCodec.decode(record.value(), RejectedBinding.class);
                sink.accept(new SchedulerInput.Rejected(refused.binding()));
                return;
            }
            Binding binding = MessageCodec.decode(record.value(), Binding.class);
            lock.lock();
            try {
                if (binding.isFence() && binding.term() > highestTerm) {
                    lastFence = record.offset();
                }
                highestTerm = Math.max(highestTerm, binding.term());
            } finally {
                lock.unlock();
            }
            sink.accept(new SchedulerInput.BindingReplayed(binding));
        } catch (JacksonException | IllegalArgumentException malformed) {
            LOG.warn("skipped a malformed binding at offset {}", record.offset(), malformed);
        }
    }

    private int beginnings() {
        lock.lock();
        try {
            return beginnings;
        } finally {
            lock.unlock();
        }
    }

    /** Who lost the lead right after it got it begins anew, too: what was heard is forgotten. */
    private boolean isNeeded(int beginning) {
        lock.lock();
        try {
            return isNeeded && beginnings == beginning;
        } finally {
            lock.unlock();
        }
    }

    private void reached(long next, int beginning) {
        lock.lock();
        try {
            if (beginnings == beginning) {
                position = next;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
