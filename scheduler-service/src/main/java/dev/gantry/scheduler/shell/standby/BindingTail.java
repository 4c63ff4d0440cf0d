package dev.gantry.scheduler.shell.standby;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.scheduler.cycle.Happening;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads what the leader sends, from where state has not taken it in yet, while we stand by.
 *
 * <p>To take over, it writes a fence and reads up to it: all of an older term in front of the fence
 * has been heard by then, and state leaves out all behind it.
 */
public final class BindingTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BindingTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Writes a fence, and returns where it stands. */
    @FunctionalInterface
    public interface Fencing {
        long write(Binding fence) throws InterruptedException;
    }

    private final KafkaSettings settings;
    private final Fencing fencing;
    private final Consumer<Happening> sink;
    private final TopicPartition partition;
    private final Loop loop = new Loop("bindings-tail", this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long position = -1;
    private long highestTerm;
    private boolean isNeeded = true;

    public BindingTail(KafkaSettings settings, Fencing fencing, Consumer<Happening> sink) {
        this.settings = settings;
        this.fencing = fencing;
        this.sink = sink;
        this.partition = new TopicPartition(settings.topics().bindings(), 0);
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
                long term = highestTerm + 1;
                long fence = fencing.write(Binding.fence(term));
                awaitPosition(fence + 1);
                if (highestTerm == term) {
                    isNeeded = false;
                    return term;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else leads: what it sends is to be heard again. */
    public void standBy() {
        lock.lock();
        try {
            isNeeded = true;
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
                read();
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

    private void read() throws Exception {
        var consumer =
                new KafkaConsumer<>(
                        settings.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        try {
            while (consumer.listTopics(LIMIT).get(partition.topic()) == null) {
                loop.pause(POLL);
            }
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            committedByState().ifPresent(offset -> consumer.seek(partition, offset));
            while (!loop.isClosed() && isNeeded()) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    hear(each);
                }
                reached(consumer.position(partition));
            }
        } catch (InterruptException closing) {
            throw new InterruptedException("the tail is closing");
        } finally {
            boolean _ = Thread.interrupted(); // else the consumer cannot close in good order
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    /** Up to here state has decided, and what it decided is in the change feed. */
    private Optional<Long> committedByState() throws InterruptedException {
        String group = settings.topics().prefix() + "state.bindings";
        try (Admin admin = Admin.create(new java.util.TreeMap<>(settings.connection()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            OffsetAndMetadata committed = offsets.get(partition);
            return Optional.ofNullable(committed).map(OffsetAndMetadata::offset);
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("cannot read the offsets of " + group, fault);
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        try {
            Binding binding = MessageCodec.decode(record.value(), Binding.class);
            lock.lock();
            try {
                highestTerm = Math.max(highestTerm, binding.term());
            } finally {
                lock.unlock();
            }
            sink.accept(new Happening.Foretold(binding));
        } catch (JacksonException | IllegalArgumentException malformed) {
            LOG.warn("skipped a malformed binding at offset {}", record.offset(), malformed);
        }
    }

    private boolean isNeeded() {
        lock.lock();
        try {
            return isNeeded;
        } finally {
            lock.unlock();
        }
    }

    private void reached(long next) {
        lock.lock();
        try {
            position = next;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
