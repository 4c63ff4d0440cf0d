package dev.gantry.state.shell.kafka;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.EncodedObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of the nodes that have an agent: made when the agent has registered its node, taken
 * away with the node. Since only the agent may write there, the topic says who speaks.
 *
 * <p>A node without a kubelet endpoint has no agent, and so no topics: thousands of nodes may be
 * simulated.
 *
 * <p>Invariant: wake-ups are sent from before the agent may read them. It lists its pods as soon as
 * it may, and hears of all that changes later.
 */
public final class NodeTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTopics.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final Topics topics;
    private final Rights rights;
    private final BooleanSupplier leading;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private final ReentrantLock changing = new ReentrantLock();
    private final Loop loop = new Loop("node-topics", this::run);
    private volatile Set<String> open = Set.of();
    private volatile Set<String> ofPodStatus = Set.of();

    public NodeTopics(KafkaSettings settings, BooleanSupplier leading) {
        this.settings = settings;
        this.topics = settings.topics();
        this.rights = new Rights(topics);
        this.leading = leading;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /** Whether there is somebody to be woken up. */
    boolean isOpen(String node) {
        return open.contains(node);
    }

    /** The topics of the open nodes; the same object until there are others. */
    Set<String> ofPodStatus() {
        return ofPodStatus;
    }

    /** To be called by whoever begins to lead, before {@link #hear}. */
    void begin(Collection<EncodedObject> nodes) throws InterruptedException {
        changing.lock();
        try (Admin admin = admin()) {
            wanted.clear();
            nodes.stream().filter(NodeTopics::hasAgent).forEach(node -> want(node.key().name()));
            Set<String> there = admin.listTopics().names().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            publish(
                    there.stream()
                            .flatMap(topic -> topics.nodeOfPodStatus(topic).stream())
                            .filter(node -> !wanted.contains(node) || hasAll(node, there))
                            .collect(Collectors.toSet()));
            grant(admin, open.stream().filter(wanted::contains).toList());
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("cannot list the topics of nodes: " + fault, fault);
        } finally {
            changing.unlock();
        }
        news.release();
    }

    /** Of everything that is committed; never blocks. */
    void hear(LogEntry entry) {
        var object = (EncodedObject) entry.object();
        if (!object.key().resource().equals(Resources.NODES)) {
            return;
        }
        String node = object.key().name();
        boolean isNews =
                entry.event().type() == Type.DELETED
                        ? wanted.remove(node)
                        : !wanted.contains(node) && hasAgent(object) && want(node);
        if (isNews) {
            news.release();
        }
    }

    private boolean want(String node) {
        if (topics.canName(node)) {
            return wanted.add(node);
        }
        LOG.warn("node {} cannot report: its name is too long for a topic", node);
        return false;
    }

    private static boolean hasAgent(EncodedObject node) {
        Resource decoded = node.decode();
        return decoded.status().at("/daemonEndpoints/kubeletEndpoint/Port").asInt(0) > 0;
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            boolean hasNews = news.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            news.drainPermits();
            boolean isBehind = hasNews || !open.equals(wanted);
            if (isBehind && leading.getAsBoolean()) {
                keepUp();
            }
        }
    }

    private void keepUp() throws InterruptedException {
        changing.lock();
        try (Admin admin = admin()) {
            open(admin, without(wanted, open));
            shut(admin, without(open, wanted));
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("cannot keep the topics of nodes: " + fault, fault);
        } finally {
            changing.unlock();
        }
    }

    private void open(Admin admin, Set<String> nodes)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (nodes.isEmpty()) {
            return;
        }
        List<NewTopic> made = new ArrayList<>();
        for (String node : nodes) {
            made.add(TopicSet.ofNode(topics.assignments(node), Duration.ofHours(1)));
            made.add(TopicSet.ofNode(topics.podStatus(node), Duration.ofDays(1)));
            made.add(TopicSet.ofNode(topics.heartbeats(node), Duration.ofHours(1)));
            made.add(TopicSet.ofNode(topics.usage(node), Duration.ofHours(1)));
        }
        for (var each : admin.createTopics(made).values().values()) {
            TopicSet.await(each, TopicExistsException.class);
        }
        publish(Stream.concat(open.stream(), nodes.stream()).collect(Collectors.toSet()));
        grant(admin, nodes);
        LOG.info("topics for {}", nodes.size() > 10 ? nodes.size() + " nodes" : nodes);
    }

    private void shut(Admin admin, Set<String> nodes)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (nodes.isEmpty()) {
            return;
        }
        publish(without(open, nodes));
        List<AclBinding> revoked = new ArrayList<>();
        nodes.forEach(node -> revoked.addAll(rights.ofNode(node)));
        Rights.revoke(admin, revoked);
        List<String> gone = nodes.stream().flatMap(this::all).toList();
        for (var each : admin.deleteTopics(gone).topicNameValues().values()) {
            TopicSet.await(each, UnknownTopicOrPartitionException.class);
        }
        LOG.info("no more topics for {}", nodes.size() > 10 ? nodes.size() + " nodes" : nodes);
    }

    private void grant(Admin admin, Collection<String> nodes)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<AclBinding> granted = new ArrayList<>();
        nodes.forEach(node -> granted.addAll(rights.ofNode(node)));
        Rights.grant(admin, granted);
    }

    private void publish(Set<String> nodes) {
        open = Set.copyOf(nodes);
        ofPodStatus = nodes.stream().map(topics::podStatus).collect(Collectors.toSet());
    }

    private boolean hasAll(String node, Set<String> there) {
        return all(node).allMatch(there::contains);
    }

    private Stream<String> all(String node) {
        return Stream.of(
                topics.assignments(node),
                topics.podStatus(node),
                topics.heartbeats(node),
                topics.usage(node));
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private Admin admin() {
        return Admin.create(settings.client());
    }
}
