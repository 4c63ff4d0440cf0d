package dev.gantry.scheduler.snapshot;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.column.Images;
import dev.gantry.scheduler.snapshot.column.RowLog;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.node.NodeOrder;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
    private final NodeRows nodes = new NodeRows();

    /** Cost: those of {@code nodes}; asked for each node that a pod is tried on. */
    private final List<NodeView> rows = nodes.all();

    private final PlacedPods pods = new PlacedPods();
    private final PodCounts counts = new PodCounts(rows);
    private final VolumesAndDevices needed = new VolumesAndDevices();
    private final RowLog log = new RowLog();
    private final Interner interner = new Interner();

    /** Adds the node, or replaces what it says of itself. Its pods stay. */
    public void putNode(NodeFacts facts) {
        become(nodes.of(facts.name()), interner.shared(facts));
    }

    /** The node's pods stay known, should it come back; nothing new fits it. */
    public void removeNode(String name) {
        NodeView view = nodes.find(name);
        if (view != null && view.exists()) {
            become(view, null);
            nodes.freeIfUnused(view);
        }
    }

    private void become(NodeView view, @Nullable NodeFacts next) {
        counts.nodeChanges(view, () -> nodes.become(view, next));
        log.add(view.row());
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
        PlacedPod before = pods.find(pod.uid());
        PodInfo kept = interner.shared(pod, counts.alike(pod).key().labels());
        if (before != null) {
            if (before.node().equals(wanted.node()) && isAlike(before.pod(), pod)) {
                pods.replace(new PlacedPod(kept, before.node(), wanted.isNominated()));
                noteStart(before, kept);
                return;
            }
            setAside(pod.uid());
            if (!before.node().equals(wanted.node())) {
                needed.release(pod.uid());
            }
        }
        NodeView view = nodes.of(wanted.node());
        pods.add(new PlacedPod(kept, view.name(), wanted.isNominated()), view.row());
        view.charge(kept.signature(), 1);
        view.arrived(kept.uid());
        counts.podChanged(kept, view.row(), 1);
        volumes().placed(kept.uid(), kept.key().namespace(), kept.needs().volumes(), view.name());
        log.add(view.row());
    }

    /**
     * Gives the pod's space back, and what its placement had reserved. Returns where it was; empty
     * if nowhere.
     */
    public Optional<String> remove(Uid uid) {
        Optional<String> was = setAside(uid);
        if (was.isPresent()) {
            needed.release(uid);
        }
        return was;
    }

    /**
     * As if the pod were not there, for a moment: volumes and devices that its placement has
     * reserved stay reserved.
     */
    public Optional<String> setAside(Uid uid) {
        PlacedPod before = pods.find(uid);
        if (before == null) {
            return Optional.empty();
        }
        NodeView view = nodes.of(before.node());
        pods.remove(before, view.row());
        view.charge(before.pod().signature(), -1);
        view.left(uid);
        counts.podChanged(before.pod(), view.row(), -1);
        volumes().left(uid, before.pod().needs().volumes(), before.node());
        log.add(view.row());
        nodes.freeIfUnused(view);
        return Optional.of(before.node());
    }

    /** How many nodes exist. */
    public int nodeCount() {
        return nodes.existing();
    }

    public int podCount() {
        return pods.all().size();
    }

    /** The same one until nodes come or go. */
    public NodeOrder nodeOrder() {
        return nodes.order();
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
        return nodes.existing(name);
    }

    public Optional<PlacedPod> pod(Uid uid) {
        return Optional.ofNullable(pods.find(uid));
    }

    /** The pods that take space on the node, in no particular order; a list of the caller's own. */
    public List<PlacedPod> podsOn(NodeView node) {
        return pods.on(node);
    }

    /** In no particular order. */
    public Collection<PlacedPod> pods() {
        return Collections.unmodifiableCollection(pods.all());
    }

    /** Whether space is only kept for the pod. */
    public boolean isNominated(Uid pod) {
        return pods.isNominated(pod);
    }

    /** Those that are there, or are as good as there; in no particular order. */
    public Collection<PlacedPod> surePods() {
        return pods.all().stream().filter(each -> !each.isNominated()).toList();
    }

    /**
     * The row that holds every pod of this owner, where one does and there are any; else negative.
     */
    public int soleRowOf(String owner) {
        return pods.soleRowOf(owner);
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
        return nodes.images();
    }

    /** What the rule says of each row; only to be read, and only until a node changes. */
    public int[] column(FactRule rule) {
        return nodes.column(rule);
    }

    /** Whether a node would rather not have some pods. */
    public boolean hasSoftTaints() {
        return nodes.hasSoftTaints();
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
        for (PlacedPod each : pods.nominated()) {
            if (matches(question, each.pod())) {
                sure = sure == all ? all.copy() : sure;
                sure.add(nodes.of(each.node()).row(), -1);
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
        return needed.volumes();
    }

    /** What there is of devices, and which are taken. */
    public DeviceBook devices() {
        return needed.devices();
    }

    /**
     * An object of storage or devices as the feed told of it; empty where it is no more. Returns
     * whether anything became different in a way that could help a pod.
     */
    public boolean tell(ObjectKey key, Optional<Resource> object) {
        return needed.tell(key, object);
    }

    /** The pod with what is known now of the extended resources that devices stand for. */
    public PodInfo known(PodInfo pod) {
        return needed.known(pod);
    }

    /** What the placement of this pod writes besides the pod counts from now on. */
    public void reserve(Uid pod, List<Effect> effects) {
        needed.reserve(pod, effects);
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
        return log.changedSince(position, visitor);
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
                        List.copyOf(pods.all()),
                        new Namespaces(),
                        new VolumesAndDevices());
        counts.namespaces().copyTo(listing.namespaces());
        needed.copyTo(listing.needed());
        return listing;
    }

    static ClusterSnapshot of(Listing listing) {
        var snapshot = new ClusterSnapshot();
        listing.needed().copyTo(snapshot.needed);
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
            log.add(nodes.of(before.node()).row());
        }
    }

    private static boolean isAlike(PodInfo one, PodInfo other) {
        return one.signature().equals(other.signature())
                && one.labels().equals(other.labels())
                && one.isLeaving() == other.isLeaving();
    }

    /**
     * A pod and the node that it takes space on.
     *
     * @param isNominated whether its space is only kept: others may still be there, and it may
     *     never come. It stands in the way of others, but is of no use to them.
     */
    public record PlacedPod(PodInfo pod, String node, boolean isNominated) {}
}
