package dev.gantry.scheduler.shell.feed;

import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.client.shell.feed.FeedListener;
import dev.gantry.client.shell.feed.SharedTrees;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.kafka.TopicReader;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.MessageCodec;
import dev.gantry.model.message.RejectedBinding;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.scheduler.cycle.SchedulerInput;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads pods and their groups, nodes, namespaces and refused bindings, decodes them on the reading
 * threads, and passes on.
 */
public final class SightingFeed implements FeedListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SightingFeed.class);
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource NODES = Resources.NODES;

    private static final GroupResource BUDGETS = Resources.POD_DISRUPTION_BUDGETS;
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;

    private final Consumer<SchedulerInput> sink;
    private final ChangeFeed feed;
    private final TopicReader rejections;

    public SightingFeed(KafkaSettings settings, Consumer<SchedulerInput> sink) {
        this.sink = sink;
        Set<GroupResource> resources = new HashSet<>(SchedulerInput.NEEDS);
        resources.addAll(Set.of(PODS, NODES, NAMESPACES, BUDGETS, Resources.POD_GROUPS));
        this.feed = new ChangeFeed("scheduler", settings, resources, this);
        this.rejections =
                new TopicReader(
                        "scheduler-rejections",
                        settings,
                        settings.topics().rejectedBindings(),
                        this::onRejection);
    }

    public void start() {
        rejections.start();
        feed.start();
    }

    @Override
    public void close() {
        feed.close();
        rejections.close();
    }

    @Override
    public void onChange(ChangeMessage change) {
        sink.accept(
                SharedTrees.after(change)
                        .map(object -> SchedulerInput.seen(change.key(), object))
                        .orElseGet(() -> SchedulerInput.gone(change.key())));
    }

    @Override
    public void onCaughtUp() {
        sink.accept(new SchedulerInput.CaughtUp());
    }

    private void onRejection(ConsumerRecord<byte[], byte[]> record) {
        try {
            var rejected = MessageCodec.decode(record.value(), RejectedBinding.class);
            LOG.debug("{} was refused: {}", rejected.binding(), rejected.why());
            sink.accept(new SchedulerInput.Rejected(rejected.binding()));
        } catch (JacksonException malformed) {
            LOG.warn("Skipped a malformed rejection at offset {}", record.offset(), malformed);
        }
    }
}
