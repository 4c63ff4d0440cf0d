package dev.gantry.agent.testing;

import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.edge.EventSink;
import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.edge.ServiceToken;
import dev.gantry.agent.edge.StatusSink;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agent's edges by hand: a few objects, and all that was reported and told. */
public final class FakeCluster implements ClusterObjects, StatusSink, EventSink {
    private final Map<ObjectKey, Resource> objects = new ConcurrentHashMap<>();
    private final Map<String, PodStatusReport> reports = new ConcurrentHashMap<>();
    private final List<PodEvent> events = new CopyOnWriteArrayList<>();
    private volatile Consumer<PodStatusReport> listener = _ -> {};

    /** Hears of each report as it is told. */
    public void tell(Consumer<PodStatusReport> to) {
        listener = to;
    }

    private final Map<ObjectKey, Hold> held = new ConcurrentHashMap<>();

    /** An object that is not told of until it is let go. */
    public static final class Hold {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);

        /** Waits until somebody asks for it. */
        public void awaitAsked() throws InterruptedException {
            asked.await();
        }

        public void letGo() {
            free.countDown();
        }

        private void await() {
            asked.countDown();
            try {
                free.await();
            } catch (InterruptedException broken) {
                Thread.currentThread().interrupt();
                throw new EdgeFault("interrupted", broken);
            }
        }
    }

    /** From now on whoever asks for the object waits. */
    public Hold hold(ObjectKey key) {
        var hold = new Hold();
        held.put(key, hold);
        return hold;
    }

    private volatile boolean isAway;
    private volatile @Nullable Resource known;

    public void put(Resource object, String plural) {
        put(object, new GroupResource("", plural));
    }

    public void put(Resource object, GroupResource resource) {
        objects.put(object.key(resource), object);
    }

    public void remove(Resource object, String plural) {
        objects.remove(object.key(new GroupResource("", plural)));
    }

    /** From now on nothing is answered. */
    public void goAway() {
        isAway = true;
    }

    public void comeBack() {
        isAway = false;
    }

    public Optional<PodStatusReport> lastReport(String pod) {
        return Optional.ofNullable(reports.get(pod));
    }

    public List<PodEvent> events() {
        return events;
    }

    /** Whether such an event was recorded; the message needs only to contain the words. */
    public boolean wasTold(String reason, String words) {
        return events.stream()
                .anyMatch(each -> each.reason().equals(reason) && each.message().contains(words));
    }

    @Override
    public Optional<Resource> get(ObjectKey key) {
        answer();
        Optional.ofNullable(held.get(key)).ifPresent(Hold::await);
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public Optional<Resource> node() {
        return Optional.ofNullable(known);
    }

    /** The node as the agent has heard of it, which may not be as it is. */
    public void hasHeardOf(Resource node) {
        known = node;
    }

    @Override
    public List<Resource> podsOfNode() {
        answer();
        return objects.entrySet().stream()
                .filter(each -> each.getKey().resource().plural().equals("pods"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public List<Resource> services() {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().resource().plural().equals("services"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public ServiceToken token(PodSpec pod, String audience, Duration lifetime) {
        answer();
        Instant now = Instant.now();
        return new ServiceToken("token-of-" + pod.name(), now, now.plus(lifetime));
    }

    @Override
    public void report(PodStatusReport report) {
        listener.accept(report);
        PodStatusReport before = reports.put(report.name(), report);
        if (before != null
                && before.uid().equals(report.uid())
                && before.sequence() >= report.sequence()) {
            throw new IllegalStateException("sequence went back: " + report);
        }
    }

    @Override
    public void record(PodEvent event) {
        events.add(event);
    }

    private void answer() {
        if (isAway) {
            throw new EdgeFault("the cluster is away", new IllegalStateException("by will"));
        }
    }
}
