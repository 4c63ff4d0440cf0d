package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.Environment;
import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.pod.PodLife;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.cache.LruMap;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All pods of this node, each with its worker. */
public final class PodWorkers implements PodDirectory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorkers.class);
    private static final int REMEMBERED = 2000;
    private static final String RUNNING = "Running";

    private final NodeParts parts;
    private final Map<Uid, PodWorker> workers = new ConcurrentHashMap<>();
    private final WakeQueue<Uid> queue;
    private final NodeResources resources;
    private final ReportSequence sequence;
    private final PodWorkerMetrics metrics = new PodWorkerMetrics();

    /** Invariant: a pod whose end was confirmed never comes back, whatever a late answer says. */
    private final Set<Uid> finished =
            Collections.synchronizedSet(Collections.newSetFromMap(new LruMap<>(REMEMBERED)));

    public PodWorkers(NodeParts parts) {
        this.parts = parts;
        this.queue = new WakeQueue<>("pods", parts.clock(), this::step);
        this.resources = new NodeResources(parts, workers, queue::wake);
        this.sequence =
                new ReportSequence(parts.storage().folders().reportSequence(), parts.clock());
    }

    /** Takes on what ran before the agent began, whether or not the API answers. */
    public PodWorkers start() {
        try {
            parts.storage().folders().prepare();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Checkpoint.readAll(parts.storage().folders()).forEach(each -> adopt(each, PodLife.PRESENT));
        queue.start();
        return this;
    }

    @Override
    public void close() {
        queue.close();
        workers.values().forEach(PodWorker::close);
    }

    /** The API has this pod, bound to this node, as it is here. */
    public void onPod(Resource object) {
        var pod = new PodSpec(object);
        if (finished.contains(pod.uid())) {
            return;
        }
        PodWorker worker = workers.get(pod.uid());
        if (worker == null) {
            worker = adopt(pod, PodLife.PRESENT);
            resources.admit(worker);
        }
        boolean isNewer = !worker.pod().pod().revision().isAfter(object.revision());
        if (isNewer) {
            boolean isMeaningful = !shows(worker.pod()).equals(shows(pod));
            worker.become(pod);
            if (isMeaningful) {
                worker.referenceChanged();
            }
        }
        if (worker.asksForResize()) {
            resources.settle();
        }
        queue.wake(pod.uid());
    }

    /** The API has the pod no more: it is ended here. */
    public void onRemoved(Uid uid) {
        PodWorker worker = workers.get(uid);
        if (worker != null) {
            worker.removedFromApi();
            queue.wake(uid);
        }
    }

    /**
     * All pods that the API binds to this node: what else runs here is an orphan.
     *
     * @return pods that have a worker and were not listed: whether they are gone, or only newer
     *     than the list, is for a fetch to tell
     */
    public List<PodSpec> onList(List<Resource> pods) {
        Set<Uid> listed = new HashSet<>();
        for (Resource each : pods) {
            listed.add(each.uid());
            onPod(each);
        }
        for (PodSandbox each : parts.runtime().sandboxes()) {
            var uid = new Uid(each.podUid());
            if (!workers.containsKey(uid)) {
                LOG.info("pod {} runs here but is not known any more", each.name());
                adopt(orphan(each), PodLife.ORPHANED);
                queue.wake(uid);
            }
        }
        return workers.values().stream()
                .map(PodWorker::pod)
                .filter(each -> !listed.contains(each.uid()))
                .toList();
    }

    /** How long looks at pods take, and their starts. */
    public PodWorkerMetrics metrics() {
        return metrics;
    }

    public void wake(Uid uid) {
        if (workers.containsKey(uid)) {
            queue.wake(uid);
        }
    }

    boolean isEmpty() {
        return workers.isEmpty();
    }

    public void wakeAll() {
        workers.keySet().forEach(queue::wake);
    }

    /** A ConfigMap or Secret changed: pods that show it are brought up to date. */
    public void onReference(ObjectKey key) {
        for (PodWorker each : workers.values()) {
            if (references(each.pod()).contains(key)) {
                each.referenceChanged();
                queue.wake(each.pod().uid());
            }
        }
    }

    /** Renews tokens, and whatever change was missed. */
    public void refreshAll() {
        workers.values().stream().filter(PodWorker::isActive).forEach(PodWorker::referenceChanged);
        resources.settle();
    }

    public void failPod(Uid uid, PodFailure why) {
        PodWorker worker = workers.get(uid);
        if (worker != null) {
            worker.failPod(why);
            queue.wake(uid);
        }
    }

    /**
     * Has containers and sandboxes of a pod removed, if it has ended. Returns whether that is news.
     */
    public boolean collect(Uid uid) {
        PodWorker worker = workers.get(uid);
        return worker != null && worker.collect();
    }

    @Override
    public Optional<Resource> pod(String namespace, String name) {
        return workers.values().stream()
                .filter(each -> each.pod().name().equals(name))
                .filter(each -> each.pod().namespace().equals(namespace))
                .max(Comparator.comparing(each -> each.pod().pod().revision()))
                .map(PodWorker::shown);
    }

    @Override
    public List<Resource> pods() {
        return workers.values().stream()
                .map(PodWorker::shown)
                .sorted(Comparator.comparing(Resource::namespace).thenComparing(Resource::name))
                .toList();
    }

    /** What a downward volume may show of a pod, and may change. */
    private static List<Object> shows(PodSpec pod) {
        return List.of(pod.pod().labels(), pod.pod().annotations());
    }

    private PodWorker adopt(PodSpec pod, PodLife life) {
        return workers.computeIfAbsent(
                pod.uid(), uid -> new PodWorker(parts, sequence, pod, life, () -> queue.wake(uid)));
    }

    private void step(Uid uid) {
        PodWorker worker = workers.get(uid);
        if (worker == null) {
            return;
        }
        boolean wasActive = worker.isActive();
        look(worker).ifPresent(when -> queue.wakeAt(uid, when));
        if (wasActive && !worker.isActive()) {
            resources.settle();
        }
        if (worker.isFinished()) {
            finished.add(uid);
            worker.close();
            workers.remove(uid);
        }
    }

    private Optional<Instant> look(PodWorker worker) {
        String before = worker.phase();
        var operation = worker.operation();
        long began = System.nanoTime();
        Optional<Instant> again = worker.step();
        metrics.looked(
                worker.isFinished() ? worker.operation() : operation, System.nanoTime() - began);
        if (!before.equals(RUNNING) && worker.phase().equals(RUNNING)) {
            metrics.started(worker.start(parts.clock().instant()));
        }
        return again;
    }

    /** All ConfigMaps and Secrets that active pods of this node refer to. */
    public SortedSet<ObjectKey> references() {
        SortedSet<ObjectKey> found = new TreeSet<>();
        workers.values().stream()
                .filter(PodWorker::isActive)
                .forEach(each -> found.addAll(references(each.pod())));
        return found;
    }

    private static SortedSet<ObjectKey> references(PodSpec pod) {
        SortedSet<ObjectKey> found = new TreeSet<>();
        VolumeSpec.of(pod.spec()).forEach(each -> found.addAll(each.references(pod.namespace())));
        pod.containers()
                .forEach(each -> found.addAll(Environment.references(each, pod.namespace())));
        return found;
    }

    /** As much of a pod as its sandbox remembers: enough to end it. */
    private static PodSpec orphan(PodSandbox sandbox) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", "v1").put("kind", "Pod");
        tree.putObject("metadata")
                .put("name", sandbox.name().name())
                .put("namespace", sandbox.name().namespace())
                .put("uid", sandbox.name().uid());
        tree.putObject("spec");
        return new PodSpec(new Resource(tree));
    }
}
