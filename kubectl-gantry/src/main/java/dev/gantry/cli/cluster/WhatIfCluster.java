package dev.gantry.cli.cluster;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.preemption.Budget;
import dev.gantry.scheduler.preemption.Budgets;
import dev.gantry.scheduler.preemption.Candidate;
import dev.gantry.scheduler.preemption.Preemption;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that knows a cluster and whose decisions go nowhere: changes may be tried on it, and
 * taken back. Owned by one thread.
 */
public final class WhatIfCluster {
    public static final String SCHEDULER = "default-scheduler";

    /** What the scheduler listens to, beside what pods need of volumes and devices. */
    private static final Set<GroupResource> HEARD =
            Set.of(
                    Resources.PODS,
                    Resources.NODES,
                    Resources.NAMESPACES,
                    Resources.POD_DISRUPTION_BUDGETS,
                    Resources.POD_GROUPS);

    private final SchedulingCycle cycle;
    private final Profiles profiles;
    private final Map<GroupResource, SortedMap<ObjectKey, Resource>> objects = new HashMap<>();
    private final Instant now;
    private @Nullable Map<ObjectKey, Optional<Resource>> undo;

    public WhatIfCluster(ClusterObjects cluster, Profiles profiles, Instant now) {
        this.cycle = new SchedulingCycle(SCHEDULER, profiles, () -> 0);
        this.profiles = profiles;
        this.now = now;
        // Pods last: what they mean may depend on everything else.
        cluster.objects().forEach((key, object) -> tellUnless(isPod(key), key, object));
        cluster.objects().forEach((key, object) -> tellUnless(!isPod(key), key, object));
    }

    /** Whether this scheduler name means Gantry: also where one of its profiles is called so. */
    public static boolean isOurs(String schedulerName, Profiles profiles) {
        return schedulerName.isEmpty()
                || schedulerName.equals(SCHEDULER)
                || profiles.serves(schedulerName);
    }

    /** Whether the pod has no node, is to have one, and Gantry is to find it. */
    public boolean isWaiting(Resource pod) {
        return Resource.text(pod.spec(), "nodeName").isEmpty()
                && Resource.text(pod.status(), "phase").matches("|Pending")
                && !pod.isBeingDeleted()
                && pod.spec().path("schedulingGates").isEmpty()
                && isOurs(Resource.text(pod.spec(), "schedulerName"), profiles);
    }

    /** From now on the cycle decides; it is the caller's to carry out what it says. */
    public SchedulingCycle started() {
        cycle.hear(SchedulerInput.Leading.ALONE, now);
        cycle.hear(new SchedulerInput.CaughtUp(), now);
        return cycle;
    }

    public ClusterSnapshot snapshot() {
        return cycle.snapshot();
    }

    public Optional<Resource> get(ObjectKey key) {
        return Optional.ofNullable(of(key.resource()).get(key));
    }

    /** The pods that take space on the node. */
    public List<Resource> podsOn(String node) {
        return cycle.snapshot().pods().stream()
                .filter(each -> each.node().equals(node))
                .flatMap(each -> get(each.pod().key()).stream())
                .sorted(Comparator.comparing(Resource::namespace).thenComparing(Resource::name))
                .toList();
    }

    /** All pods, whether they take space or not. */
    public List<Resource> pods() {
        return all(Kinds.POD);
    }

    /** In the order of their names. */
    public List<Resource> all(Kind kind) {
        return List.copyOf(of(kind.resource()).values());
    }

    private SortedMap<ObjectKey, Resource> of(GroupResource resource) {
        return objects.computeIfAbsent(resource, _ -> new TreeMap<>());
    }

    public void put(ObjectKey key, Resource object) {
        remember(key);
        of(key.resource()).put(key, object);
        if (isHeard(key)) {
            cycle.hear(SchedulerInput.seen(key, object), now);
        }
    }

    public void remove(ObjectKey key) {
        remember(key);
        if (of(key.resource()).remove(key) != null && isHeard(key)) {
            cycle.hear(SchedulerInput.gone(key), now);
        }
    }

    /** What comes out of {@code trial}; what it changes is taken back. Trials do not nest. */
    public <T> T tryOut(Supplier<T> trial) {
        Map<ObjectKey, Optional<Resource>> before = new LinkedHashMap<>();
        undo = before;
        try {
            return trial.get();
        } finally {
            undo = null;
            before.forEach(this::takeBack);
        }
    }

    private void takeBack(ObjectKey key, Optional<Resource> was) {
        if (was.isEmpty() || isPod(key)) {
            // A scheduler does not believe that a pod loses its node: it has to go first.
            remove(key);
        }
        was.ifPresent(object -> put(key, object));
    }

    /** Where the pod would go if it were to be placed now, wherever it is. */
    public Placement place(Resource pod) {
        return new RankedScheduler(profiles).place(info(pod), cycle.snapshot());
    }

    /** All rejections of the pod on this node; nothing if it fits, or there is no such node. */
    public List<Rejection> rejections(Resource pod, String node) {
        PodInfo info = info(pod);
        return cycle.snapshot()
                .node(node)
                .map(
                        view ->
                                new Rejections(profile(info))
                                        .of(info, cycle.snapshot(), List.of(view))
                                        .getFirst())
                .orElse(List.of());
    }

    /**
     * The node where others would make way for the pod, and who; for a pod that fits nowhere. By
     * what its policy says it need not be allowed to.
     */
    public Optional<Candidate> preempted(Resource pod) {
        var budgets = new Budgets();
        all(Kinds.POD_DISRUPTION_BUDGET).forEach(each -> budgets.put(Budget.of(each)));
        return new Preemption(profiles, budgets).search(info(pod), cycle.snapshot()).candidate();
    }

    /** Whether this one rule rejects the pod on this node. */
    public boolean rejects(String rule, Resource pod, String node) {
        PodInfo info = info(pod);
        return cycle.snapshot()
                .node(node)
                .filter(
                        view ->
                                new Rejections(profile(info))
                                        .rejects(rule, info, cycle.snapshot(), view))
                .isPresent();
    }

    /** As {@link #rejections(Resource, String)} for every node, by name. */
    public Map<String, List<Rejection>> rejections(Resource pod) {
        PodInfo info = info(pod);
        return new Rejections(profile(info)).byNode(info, cycle.snapshot());
    }

    public boolean hasDeviceClaim(String namespace, String claim) {
        return cycle.snapshot().devices().claim(namespace, claim).isPresent();
    }

    /** How much it asks for of the extended resources that classes of devices stand for. */
    public SortedMap<String, Long> askedOfDevices(Resource pod) {
        PodSignature signature = info(pod).signature();
        SortedMap<String, Long> asked = new TreeMap<>();
        for (String each : signature.byDevices()) {
            asked.put(each, signature.asked().extended().getOrDefault(each, 0L));
        }
        return asked;
    }

    private Profile profile(PodInfo pod) {
        return profiles.named(profiles.nameFor(pod, cycle.snapshot()));
    }

    private PodInfo info(Resource pod) {
        return cycle.snapshot().known(PodSighting.of(pod).info());
    }

    private static boolean isHeard(ObjectKey key) {
        return HEARD.contains(key.resource()) || SchedulerInput.NEEDS.contains(key.resource());
    }

    private static boolean isPod(ObjectKey key) {
        return key.resource().equals(Resources.PODS);
    }

    private void tellUnless(boolean skipped, ObjectKey key, Resource object) {
        if (!skipped) {
            put(key, object);
        }
    }

    private void remember(ObjectKey key) {
        if (undo != null) {
            undo.putIfAbsent(key, get(key));
        }
    }
}
