package dev.gantry.state.shell.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.feed.ChangeCodec;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.kafka.KeysToOneCluster;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Assignment;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.EncodedObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what was committed to Kafka, in order and without waiting for one message before the next.
 *
 * <p>It lives on the committer's handover while it keeps up, and on the log when it does not: after
 * a start, an outage of Kafka, or a burst. Once a second it waits for what is under way and saves
 * its position; after a crash it repeats what came since, and what Kafka has lost of the rest.
 */
public final class ChangeRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeRelay.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration CHECKPOINT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);
    private static final int PAGE = 500;

    /**
     * Cost: a change after a quiet moment goes out at once; in a burst those of so long go
     * together. Each round costs the broker and every reader of a topic a request, about 0.3 ms of
     * processor time in all, and small rounds took a quarter of it under load.
     */
    private static final Duration PACE = Duration.ofMillis(4);

    /**
     * Cost: the pace after a round of many, where whoever waits for these waits for hundreds more.
     * With it 8 % more pods are placed, and 8 % more created meanwhile.
     */
    private static final Duration PACE_IN_BURSTS = Duration.ofMillis(12);

    private static final int MANY = 16;

    private final KafkaSettings settings;
    private final RelaySource source;
    private final ChangeMessages messages;
    private final TopicSet topics;
    private final FeedEnds ends;
    private final NodeTopics nodes;
    private final BooleanSupplier leading;
    private final Handover handover = new Handover();
    private final Loop loop = new Loop("relay", this::run);
    private volatile @Nullable Exception failed;
    private long lastRound = System.nanoTime();
    private Duration pace = PACE;
    private boolean isFirst;
    private Revision restored = Revision.NONE;
    private Revision sent = Revision.NONE;
    private Revision saved = Revision.NONE;

    /**
     * @param leading whether this replica leads; only then it relays
     */
    public ChangeRelay(
            KafkaSettings settings,
            RelaySource source,
            NodeTopics nodes,
            Duration eventsKept,
            BooleanSupplier leading) {
        this.settings = settings;
        this.source = source;
        this.nodes = nodes;
        this.messages = new ChangeMessages(source.encoder());
        this.topics = new TopicSet(settings, source.encoder().traits(), eventsKept, loop);
        this.ends = new FeedEnds(settings);
        this.leading = leading;
    }

    public void start() {
        loop.start();
    }

    /** Called by the committer; never blocks. */
    public void onCommitted(Revision before, List<LogEntry> entries) {
        handover.offer(before, entries);
    }

    @Override
    public void close() {
        loop.closeGently(PATIENCE);
    }

    private void run() throws InterruptedException {
        // Early, so that whoever waits for the topics need not wait for the state to be loaded.
        isFirst = topics.makeAll();
        while (!loop.isClosed()) {
            if (leading.getAsBoolean()) {
                relay();
            } else {
                loop.pause(IDLE);
            }
        }
    }

    private void relay() throws InterruptedException {
        failed = null;
        var keys = new KeysToOneCluster();
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings.producer(), keys, new ByteArraySerializer());
        try {
            if (!begin(producer)) {
                loop.pause(IDLE);
                return;
            }
            long lastCheckpoint = System.nanoTime();
            while (leading.getAsBoolean() && isOfOneHistory() && !loop.isClosed()) {
                if (keys.isOfAnother()) {
                    throw new IllegalStateException("Kafka has become another cluster");
                }
                step(producer);
                if (System.nanoTime() - lastCheckpoint > CHECKPOINT.toNanos()) {
                    checkpoint(producer);
                    lastCheckpoint = System.nanoTime();
                }
            }
            checkpoint(producer);
        } catch (org.apache.kafka.common.errors.InterruptException closing) {
            throw new InterruptedException("the relay is closing");
        } finally {
            producer.close(LAST_WAIT);
        }
    }

    /** Returns false where the database turns out to be an older one: it must jump ahead first. */
    private boolean begin(Producer<byte[], byte[]> producer) throws InterruptedException {
        restored = source.restored();
        saved = source.position();
        sent = saved;
        nodes.begin(source.current(Resources.NODES));
        boolean mayGoOn =
                restored.isAfter(saved)
                        ? tellRestored(producer)
                        : isFirst && saved.equals(Revision.NONE) || resume(producer);
        if (mayGoOn) {
            LOG.info("relaying from revision {}", sent);
            catchUp(producer, Optional.empty());
        }
        isFirst = false;
        return mayGoOn;
    }

    private boolean resume(Producer<byte[], byte[]> producer) throws InterruptedException {
        Map<GroupResource, Revision> newest = new TreeMap<>(source.newest(saved));
        Set<GroupResource> all = new TreeSet<>(source.resources());
        all.addAll(newest.keySet());
        Set<GroupResource> told = topics.makeAndFindTold(all);
        Map<GroupResource, ChangeMessage> last = ends.last(told);
        Map<ObjectKey, Revision> lastOf = new HashMap<>();
        last.values().forEach(each -> lastOf.put(each.key(), each.revision()));
        Optional<Revision> unknown = source.unknown(lastOf);
        if (unknown.isPresent()) {
            return contradict(unknown.get());
        }
        if (saved.isAfter(Revision.NONE)) {
            newest.keySet().retainAll(told);
            sent = FeedEnds.wholeUpTo(newest, saved, last);
            all.removeAll(told);
            all.forEach(resource -> tellAnew(producer, resource));
            flush(producer);
        }
        return true;
    }

    /** After that, the feed tells the history that the database has. */
    private boolean tellRestored(Producer<byte[], byte[]> producer) throws InterruptedException {
        Set<GroupResource> there = source.resources();
        Set<GroupResource> told = topics.makeAndFindTold(there);
        var feed = new RestoredFeed(restored);
        ends.all(told, feed::tells);
        for (GroupResource each : there) {
            source.current(each).forEach(feed::stands);
        }
        Optional<Revision> inTheWay = feed.inTheWay();
        if (inTheWay.isPresent()) {
            return contradict(inTheWay.get());
        }
        feed.forEach(messages, each -> tell(producer, each));
        flush(producer);
        source.savePosition(restored);
        saved = restored;
        sent = restored;
        LOG.warn("the database was restored: the feed was told all there is, {}", feed.size());
        return true;
    }

    private boolean contradict(Revision unknown) {
        LOG.warn("the feed tells of revision {}, and the database does not hold it", unknown);
        source.contradict(unknown);
        return false;
    }

    /** What was sent may be of a history that has ended since. */
    private boolean isOfOneHistory() {
        return source.restored().equals(restored);
    }

    private void step(Producer<byte[], byte[]> producer) throws InterruptedException {
        Handover.Batch next = handover.poll(IDLE);
        if (next == null) {
            return;
        }
        long early = pace.toNanos() - (System.nanoTime() - lastRound);
        if (early > 0) {
            loop.pause(Duration.ofNanos(early));
        }
        lastRound = System.nanoTime();
        int count = 0;
        for (; next != null; next = handover.poll(Duration.ZERO)) {
            if (next.before().isAfter(sent)) {
                catchUp(producer, Optional.of(next.before()));
            }
            sendAll(producer, next.entries());
            count += next.entries().size();
        }
        pace = count < MANY ? PACE : PACE_IN_BURSTS;
    }

    /**
     * Reads the log up to {@code until}, or to its end. What is committed meanwhile comes through
     * the handover, too, and is left out there.
     */
    private void catchUp(Producer<byte[], byte[]> producer, Optional<Revision> until)
            throws InterruptedException {
        while (until.isEmpty() || until.get().isAfter(sent)) {
            List<LogEntry> page = source.after(sent, PAGE);
            if (page.isEmpty()) {
                until.ifPresent(reached -> sent = reached);
                return;
            }
            sendAll(producer, page);
        }
    }

    private void sendAll(Producer<byte[], byte[]> producer, List<LogEntry> entries)
            throws InterruptedException {
        throwIfFailed();
        for (LogEntry entry : entries) {
            if (entry.revision().isAfter(sent)) {
                makeTopics(entry.object().key().resource());
                nodes.hear(entry);
                tell(producer, messages.change(entry));
                messages.assignment(entry)
                        .filter(wakeUp -> nodes.isOpen(wakeUp.node()))
                        .ifPresent(wakeUp -> wake(producer, wakeUp));
                sent = entry.revision();
            }
        }
    }

    /** Those of what a definition defines before it is told that it is established. */
    private void makeTopics(GroupResource resource) throws InterruptedException {
        topics.makeFor(resource);
        if (resource.equals(Kinds.CUSTOM_RESOURCE_DEFINITION.resource())) {
            topics.makeForServed();
        }
    }

    private void wake(Producer<byte[], byte[]> producer, Assignment wakeUp) {
        String topic = settings.topics().assignments(wakeUp.node());
        send(
                producer,
                new ProducerRecord<>(
                        topic, wakeUp.node().getBytes(UTF_8), MessageCodec.encode(wakeUp)));
    }

    /** The current objects of a topic that has nothing in it, such as after Kafka lost its disk. */
    private void tellAnew(Producer<byte[], byte[]> producer, GroupResource resource) {
        List<EncodedObject> current = source.current(resource);
        for (EncodedObject object : current) {
            tell(producer, messages.standing(object, object.revision()));
        }
        if (!current.isEmpty()) {
            LOG.info("told {} {} anew", current.size(), resource);
        }
    }

    private void tell(Producer<byte[], byte[]> producer, ChangeMessage change) {
        String topic = settings.topics().changes(change.key().resource());
        send(producer, ChangeCodec.encode(topic, change));
    }

    private void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        producer.send(
                record,
                (_, fault) -> {
                    if (fault != null) {
                        failed = fault;
                    }
                });
    }

    private void checkpoint(Producer<byte[], byte[]> producer) {
        if (sent.isAfter(saved) && isOfOneHistory()) {
            Revision reached = sent;
            flush(producer);
            source.savePosition(reached);
            saved = reached;
        }
    }

    private void flush(Producer<byte[], byte[]> producer) {
        producer.flush();
        throwIfFailed();
    }

    /** Past a lost message nothing may be sent: the loop starts again from the saved position. */
    private void throwIfFailed() {
        Exception fault = failed;
        if (fault != null) {
            throw new IllegalStateException("Kafka did not take a change: " + fault, fault);
        }
    }
}
