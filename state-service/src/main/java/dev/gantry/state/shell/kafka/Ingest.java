package dev.gantry.state.shell.kafka;

import dev.gantry.client.shell.kafka.ConsumerLoop;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.state.log.StateLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in bindings and reports, each on a thread of its own. An offset is committed once all
 * before it has been decided and is durable, along with what the intake must know to go on there.
 *
 * <p>Invariant: a sender is told of a refusal only when the offset behind it is durable and this
 * replica still leads after that. Whatever is read again after a crash or by a successor is either
 * seen to be done already, or nobody has heard of it yet.
 */
public final class Ingest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final KafkaSettings settings;
    private final BatchedWrites writes;
    private final BooleanSupplier leading;
    private final Loop bindings;
    private final Loop reports;

    /** What is written to, and whether we may. */
    public record Ground(StateLog log, BatchedWrites writes, BooleanSupplier leading) {}

    public Ingest(KafkaSettings settings, NodeTopics nodes, Ground ground, InstantSource clock) {
        StateLog log = ground.log;
        this.settings = settings;
        this.writes = ground.writes;
        this.leading = ground.leading;
        this.bindings =
                new Reading<>(
                                "bindings",
                                producer ->
                                        new BindingIntake(settings.topics(), log, clock, producer))
                        .loop;
        this.reports =
                new Reading<>(
                                "reports",
                                _ -> new StatusIntake(settings.topics(), nodes, log, clock))
                        .loop;
    }

    public void start() {
        bindings.start();
        reports.start();
    }

    @Override
    public void close() {
        bindings.closeGently(PATIENCE);
        reports.closeGently(PATIENCE);
    }

    /** Takes in while we lead, with a new intake each time that we begin to. */
    private final class Reading<M> {
        private final String name;
        private final Function<Producer<byte[], byte[]>, Intake<M>> making;
        private final Loop loop;

        Reading(String name, Function<Producer<byte[], byte[]>, Intake<M>> making) {
            this.name = name;
            this.making = making;
            this.loop = new Loop(name, this::run);
        }

        private void run() throws Exception {
            while (!loop.isClosed()) {
                if (!leading.getAsBoolean()) {
                    loop.pause(RETRY);
                    continue;
                }
                try (Producer<byte[], byte[]> producer = producer()) {
                    Intake<M> intake = making.apply(producer);
                    LOG.info("taking in {}", name);
                    ConsumerLoop.read(
                            consumer(name),
                            loop,
                            (_, consumer) -> read(consumer, intake, producer));
                }
            }
        }

        private void read(
                Consumer<byte[], byte[]> consumer,
                Intake<M> intake,
                Producer<byte[], byte[]> producer)
                throws InterruptedException {
            Set<String> read = Set.of();
            boolean mayGoOn = true;
            while (mayGoOn && leading.getAsBoolean() && !loop.isClosed()) {
                Set<String> wanted = intake.topics();
                if (wanted != read && assign(consumer, intake, wanted)) {
                    read = wanted;
                }
                mayGoOn = take(loop, consumer, intake);
                producer.flush();
            }
        }
    }

    /**
     * Returns false where messages were left undone. Their offset is not committed: they come again
     * to whoever begins anew, and nobody may go on behind them.
     */
    private <M> boolean take(Loop loop, Consumer<byte[], byte[]> consumer, Intake<M> intake)
            throws InterruptedException {
        if (consumer.assignment().isEmpty()) {
            return loop.pause(RETRY);
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return true;
        }
        var round = new IngestRound<>(intake, writes);
        for (ConsumerRecord<byte[], byte[]> each : records) {
            try {
                M message = MessageCodec.decode(each.value(), intake.type());
                if (intake.mayComeFrom(each.topic(), message)) {
                    round.add(message);
                } else {
                    LOG.warn("left out what {} says in the name of others", each.topic());
                }
            } catch (RuntimeException malformed) {
                // Whatever a node writes, those of others come behind it.
                LOG.warn(
                        "left out {}-{}@{}: {}",
                        each.topic(),
                        each.partition(),
                        each.offset(),
                        malformed.toString());
            }
        }
        while (!round.isDone()) {
            boolean mayGoOn = round.run() || loop.pause(RETRY);
            if (!mayGoOn || !leading.getAsBoolean()) {
                return false;
            }
        }
        Map<TopicPartition, OffsetAndMetadata> position =
                position(consumer, records.partitions(), intake.memory());
        if (round.hasRefused()) {
            consumer.commitSync(position);
            round.tellRefused();
        } else {
            // Not waited for: what comes again after a crash is decided to be done already.
            consumer.commitAsync(position, (_, _) -> {});
        }
        return true;
    }

    private static Map<TopicPartition, OffsetAndMetadata> position(
            Consumer<byte[], byte[]> consumer, Set<TopicPartition> read, String memory) {
        return read.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                each -> new OffsetAndMetadata(consumer.position(each), memory)));
    }

    /**
     * Goes on in those topics that are read already, and begins in the others where somebody left
     * off. Returns false where not all of them are known yet.
     */
    private static boolean assign(
            Consumer<byte[], byte[]> consumer, Intake<?> intake, Set<String> topics) {
        Set<String> found = new HashSet<>();
        Set<TopicPartition> partitions = new HashSet<>();
        consumer.listTopics()
                .forEach(
                        (topic, places) -> {
                            if (topics.contains(topic)) {
                                found.add(topic);
                                places.forEach(
                                        each ->
                                                partitions.add(
                                                        new TopicPartition(
                                                                topic, each.partition())));
                            }
                        });
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(consumer.assignment());
        consumer.assign(partitions);
        consumer.committed(added).values().stream()
                .filter(Objects::nonNull)
                .forEach(each -> intake.recall(each.metadata()));
        return found.equals(topics);
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> consumer(String name) {
        Map<String, Object> all = settings.consumer(POLL);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topics().prefix() + "state." + name);
        return all;
    }
}
