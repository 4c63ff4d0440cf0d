package dev.gantry.scheduler.snapshot;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.column.FactColumns;
import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.column.Images;
import dev.gantry.scheduler.snapshot.column.RowLog;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.node.NodeColumns;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.node.NodeOrder;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodNeeds;
import dev.gantry.scheduler.snapshot.pod.PodTerm;
import dev.gantry.scheduler.snapshot.topology.DomainCounts;
import dev.gantry.scheduler.snapshot.topology.Eligibility;
import dev.gantry.scheduler.snapshot.topology.ExistingPodTerm;
import dev.gantry.scheduler.snapshot.topology.Namespaces;
import dev.gantry.scheduler.snapshot.topology.PodCounts;
import dev.gantry.scheduler.snapshot.topology.PodQuestion;
import dev.gantry.scheduler.snapshot.topology.PodsAlike;
import dev.gantry.scheduler.snapshot.topology.Topology;
import dev.gantry.scheduler.snapshot.volume.VolumeBook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All nodes and the pods on them. One owner, who may change it; everybody else gets a {@link
 * #copy()}.
 */
public final class ClusterSnapshot {
    private final NodeColumns columns = new NodeColumns();
    private final List<NodeView> rows = new ArrayList<>();
    private final Map<String, NodeView> byName = new HashMap<>();
    private final Deque<Integer> freeRows = new ArrayDeque<>();
    private final Map<Uid, PlacedPod> placed = new HashMap<>();
    private final Map<Uid, PlacedPod> nominated = new LinkedHashMap<>();
    private final PodCounts counts = new PodCounts(rows);
    private final Siblings siblings = new Siblings();
    private final RowLog log = new RowLog();
    private final Images images = new Images();
    private final FactColumns factColumns = new FactColumns();
    private final Interner interner = new Interner();
    private final VolumeBook volumes = new VolumeBook();
    private final DeviceBook devices = new DeviceBook();
    private NodeOrder order = NodeOrder.NONE;
    private boolean isInOrder;
    private int nodes;
    private int softlyTainted;

    /** Adds the node, or replaces what it says of itself. Its pods stay. */
    public void putNode(NodeFacts facts) {
        NodeView view = viewOf(facts.name());
        nodes += view.exists() ? 0 : 1;
        become(view, interner.shared(facts));
        log.add(view.row());
    }

    /** The node's pods stay known, should it come back; nothing new fits it. */
    public void removeNode(String name) {
        NodeView view = byName.get(name);
        if (view == null || !view.exists()) {
            return;
        }
        nodes--;
        become(view, null);
        log.add(view.row());
        freeIfUnused(view);
    }

    /** Puts the pod onto the node, wherever it was before. The node need not exist. */
    public void place(PodInfo pod, String nodeName) {
        put(new PlacedPod(pod, nodeName, false));
    }

    /** As {@link #place}, but only keeps the space: whether the pod will come is not sure. */
    public void nominate(PodInfo pod, String nodeName) {
        put(new PlacedPod(pod, nodeName, true));
    }

    /** Places the pod, or nominates it to the node, as it was when it was set aside. */
    public void put(PlacedPod wanted) {
        PodInfo pod = wanted.pod();
        PlacedPod before = placed.get(pod.uid());
        PodInfo kept = interner.shared(pod, counts.alike(pod).key().labels());
        if (before != null) {
            if (before.node().equals(wanted.node()) && isAlike(before.pod(), pod)) {
                note(new PlacedPod(kept, before.node(), wanted.isNominated()));
                noteStart(before, kept);
                return;
            }
            setAside(pod.uid());
            if (!before.node().equals(wanted.node())) {
                release(pod.uid());
            }
        }
        NodeView view = viewOf(wanted.node());
        note(new PlacedPod(kept, view.name(), wanted.isNominated()));
        view.charge(kept.signature(), 1);
        view.arrived(kept.uid());
        siblings.add(kept.owner(), view.row());
        counts.podChanged(kept, view.row(), 1);
        PodNeeds needs = kept.needs();
        volumes.placed(kept.uid(), kept.key().namespace(), needs.volumes(), view.name());
        log.add(view.row());
    }

    private void note(PlacedPod pod) {
        placed.put(pod.pod().uid(), pod);
        if (pod.isNominated()) {
            nominated.put(pod.pod().uid(), pod);
        } else {
            nominated.remove(pod.pod().uid());
        }
    }

    /**
     * Gives the pod's space back, and what its placement had reserved. Returns where it was; empty
     * if nowhere.
     */
    public Optional<String> remove(Uid uid) {
        Optional<String> was = setAside(uid);
        if (was.isPresent()) {
            release(uid);
        }
        return was;
    }

    /**
     * As if the pod were not there, for a moment: volumes and devices that its placement has
     * reserved stay reserved.
     */
    public Optional<String> setAside(Uid uid) {
        PlacedPod before = placed.remove(uid);
        if (before == null) {
            return Optional.empty();
        }
        nominated.remove(uid);
        NodeView view = viewOf(before.node());
        view.charge(before.pod().signature(), -1);
        view.left(uid);
        siblings.remove(before.pod().owner(), view.row());
        counts.podChanged(before.pod(), view.row(), -1);
        volumes.left(uid, before.pod().needs().volumes(), before.node());
        log.add(view.row());
        freeIfUnused(view);
        return Optional.of(before.node());
    }

    /** How many nodes exist. */
    public int nodeCount() {
        return nodes;
    }

    public int podCount() {
        return placed.size();
    }

    /** The same one until nodes come or go. */
    public NodeOrder nodeOrder() {
        if (!isInOrder) {
            order = order.next(rows);
            isInOrder = true;
        }
        return order;
    }

    /**
     * Does what would else be done when it is first asked.
     *
     * <p>Cost: sorting the names of 15,000 nodes takes a JVM that just started some 100 ms, which
     * the first pod after a takeover need not wait for.
     */
    public void prepare() {
        nodeOrder();
    }

    /** By row, including rows whose node does not exist. */
    public List<NodeView> rows() {
        return Collections.unmodifiableList(rows);
    }

    public NodeView row(int row) {
        return rows.get(row);
    }

    public Optional<NodeView> node(String name) {
        NodeView view = byName.get(name);
        return view == null || !view.exists() ? Optional.empty() : Optional.of(view);
    }

    public Optional<PlacedPod> pod(Uid uid) {
        return Optional.ofNullable(placed.get(uid));
    }

    /** The pods that take space on the node, in no particular order; a list of the caller's own. */
    public List<PlacedPod> podsOn(NodeView node) {
        List<PlacedPod> found = new ArrayList<>(node.residents().size());
        for (Uid uid : node.residents()) {
            found.add(Objects.requireNonNull(placed.get(uid)));
        }
        return found;
    }

    /** In no particular order. */
    public Collection<PlacedPod> pods() {
        return Collections.unmodifiableCollection(placed.values());
    }

    /** Whether space is only kept for the pod. */
    public boolean isNominated(Uid pod) {
        return nominated.containsKey(pod);
    }

    /** Those that are there, or are as good as there; in no particular order. */
    public Collection<PlacedPod> surePods() {
        return placed.values().stream().filter(each -> !each.isNominated()).toList();
    }

    /**
     * The row that holds every pod of this owner, where one does and there are any; else negative.
     */
    public int soleRowOf(String owner) {
        return siblings.soleRowOf(owner);
    }

    public void putNamespace(String name, SortedMap<String, String> labels) {
        counts.putNamespace(name, labels);
    }

    public void removeNamespace(String name) {
        counts.removeNamespace(name);
    }

    public boolean matches(PodTerm term, PodInfo pod) {
        return counts.namespaces().matches(term, pod.key().namespace(), pod.labels());
    }

    public boolean matches(PodQuestion question, PodInfo pod) {
        return counts.namespaces().matches(question, PodsAlike.Key.of(pod));
    }

    /** Which images lie on which rows. */
    public Images images() {
        return images;
    }

    /** What the rule says of each row; only to be read, and only until a node changes. */
    public int[] column(FactRule rule) {
        return factColumns.of(rule, rows);
    }

    /** Whether a node would rather not have some pods. */
    public boolean hasSoftTaints() {
        return softlyTainted > 0;
    }

    /** The labels of a namespace; none where it is not known. */
    public SortedMap<String, String> namespaceLabels(String name) {
        return counts.namespaces().labels(name);
    }

    /** The domains of a topology key, by row. */
    public Topology topology(String key) {
        return counts.topology(key);
    }

    /** How many such pods stand in each domain. */
    public DomainCounts count(PodQuestion question, String topologyKey) {
        return counts.counts(question, topologyKey, null);
    }

    /** How many such pods stand in each domain, on nodes that count. */
    public DomainCounts count(PodQuestion question, String topologyKey, Eligibility eligibility) {
        return counts.counts(question, topologyKey, eligibility);
    }

    /**
     * What was counted, without the pods that are only nominated; {@code all} itself where the
     * question matches none of them.
     *
     * <p>Cost: they are few, so they are taken off when it is asked rather than counted apart.
     */
    public DomainCounts surely(PodQuestion question, DomainCounts all) {
        DomainCounts sure = all;
        for (PlacedPod each : nominated.values()) {
            if (matches(question, each.pod())) {
                sure = sure == all ? all.copy() : sure;
                sure.add(viewOf(each.node()).row(), -1);
            }
        }
        return sure;
    }

    /** Visits the terms of existing pods that match this pod, each once. */
    public void visitExistingPodTerms(PodInfo pod, Consumer<ExistingPodTerm> visitor) {
        counts.visitExistingPodTerms(pod, visitor);
    }

    /** Whether an existing pod has such a term that matches this pod. */
    public boolean anyExistingPodTerm(PodInfo pod, Predicate<ExistingPodTerm> isMeant) {
        return counts.anyExistingPodTerm(pod, isMeant);
    }

    /** What there is of storage, and who uses it. */
    public VolumeBook volumes() {
        return volumes;
    }

    /** What there is of devices, and which are taken. */
    public DeviceBook devices() {
        return devices;
    }

    /**
     * An object of storage or devices as the feed told of it; empty where it is no more. Returns
     * whether anything became different.
     */
    public boolean tell(ObjectKey key, Optional<Resource> object) {
        return volumes.tell(key, object) | devices.tell(key, object);
    }

    /** The pod with what is known now of the extended resources that devices stand for. */
    public PodInfo known(PodInfo pod) {
        if (pod.needs().asks().isEmpty()) {
            return pod;
        }
        List<String> byDevices =
                pod.needs().asks().stream()
                        .flatMap(each -> each.amounts().keySet().stream())
                        .distinct()
                        .sorted()
                        .filter(resource -> devices.classFor(resource).isPresent())
                        .toList();
        return pod.byDevices(byDevices);
    }

    private void release(Uid pod) {
        volumes.release(pod);
        devices.release(pod);
    }

    /** What the placement of this pod writes besides the pod counts from now on. */
    public void reserve(Uid pod, List<Effect> effects) {
        volumes.reserve(pod, effects);
        devices.reserve(pod, effects);
    }

    /** Where in the log of changed rows we are; see {@link #changedSince}. */
    public long position() {
        return log.position();
    }

    /**
     * Hands every row that changed since {@code position} to {@code visitor}, some perhaps more
     * than once. Returns false, having visited nothing, where that is too long ago.
     */
    public boolean changedSince(long position, IntConsumer visitor) {
        if (!log.reaches(position)) {
            return false;
        }
        for (long at = position; at < log.position(); at++) {
            visitor.accept(log.at(at));
        }
        return true;
    }

    /** For another owner: what-if questions and plans. */
    public ClusterSnapshot copy() {
        return listing().rebuild();
    }

    /** All that there is, for a copy that another thread makes in its own time. */
    public Listing listing() {
        var listing =
                new Listing(
                        rows.stream().filter(NodeView::exists).map(NodeView::facts).toList(),
                        List.copyOf(placed.values()),
                        new Namespaces(),
                        new VolumeBook(),
                        new DeviceBook());
        counts.namespaces().copyTo(listing.namespaces());
        volumes.copyTo(listing.volumes());
        devices.copyTo(listing.devices());
        return listing;
    }

    static ClusterSnapshot of(Listing listing) {
        var snapshot = new ClusterSnapshot();
        listing.volumes().copyTo(snapshot.volumes);
        listing.devices().copyTo(snapshot.devices);
        listing.namespaces().copyTo(snapshot.counts.namespaces());
        listing.nodes().stream()
                .sorted(Comparator.comparing(NodeFacts::name))
                .forEach(snapshot::putNode);
        listing.pods().stream()
                .sorted(Comparator.comparing(each -> each.pod().key()))
                .forEach(snapshot::put);
        return snapshot;
    }

    /** It takes the same space, but what its eviction would cost has changed. */
    private void noteStart(PlacedPod before, PodInfo now) {
        if (!before.pod().started().equals(now.started())) {
            log.add(viewOf(before.node()).row());
        }
    }

    private static boolean isAlike(PodInfo one, PodInfo other) {
        return one.signature().equals(other.signature())
                && one.labels().equals(other.labels())
                && one.isLeaving() == other.isLeaving();
    }

    private void become(NodeView view, @Nullable NodeFacts next) {
        @Nullable NodeFacts before = view.exists() ? view.facts() : null;
        images.changed(view.row(), before, next);
        counts.nodeChanges(view, () -> view.become(next));
        factColumns.changed(view);
        isInOrder &= (before == null) == (next == null);
        softlyTainted += isSoftlyTainted(next) - isSoftlyTainted(before);
    }

    private static int isSoftlyTainted(@Nullable NodeFacts node) {
        return node != null && node.hasSoftTaint() ? 1 : 0;
    }

    private NodeView viewOf(String name) {
        NodeView known = byName.get(name);
        if (known != null) {
            return known;
        }
        Integer reused = freeRows.poll();
        int row = reused == null ? rows.size() : reused;
        columns.ensure(row + 1);
        var view = new NodeView(columns, row, name);
        if (reused == null) {
            rows.add(view);
        } else {
            rows.set(row, view);
        }
        byName.put(name, view);
        return view;
    }

    private void freeIfUnused(NodeView view) {
        if (!view.exists() && view.pods() == 0) {
            byName.remove(view.name());
            freeRows.add(view.row());
        }
    }

    /**
     * A pod and the node that it takes space on.
     *
     * @param isNominated whether its space is only kept: others may still be there, and it may
     *     never come. It stands in the way of others, but is of no use to them.
     */
    public record PlacedPod(PodInfo pod, String node, boolean isNominated) {}
}
