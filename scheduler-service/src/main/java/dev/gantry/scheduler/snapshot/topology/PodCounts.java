package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodRelations;
import dev.gantry.scheduler.snapshot.pod.PodRelations.PreferredTerm;
import dev.gantry.scheduler.snapshot.pod.PodTerm;
import dev.gantry.scheduler.snapshot.topology.PodsAlike.Answer;
import dev.gantry.scheduler.snapshot.topology.PodsAlike.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many pods of some description each topology domain has: counted when it is first asked, and
 * kept up to date with every pod and node that comes or goes.
 *
 * <p>Example: a spread rule of "app=web by zone" asks once; placing a pod of web on a node of zone
 * a then adds one to a's number, and the next pod of web reads the numbers without counting.
 *
 * <p>Cost: a placed pod costs one addition per question that matches it, found through the {@link
 * PodsAlike} of pods alike; pods that no question matches cost one look-up.
 */
public final class PodCounts {
    /** Forgetting costs only counting anew; remembering costs memory for ever. */
    private static final int QUESTIONS = 8192;

    private static final int REGIONS = 1024;

    private final List<NodeView> nodes;
    private final Namespaces namespaces = new Namespaces();
    private final Map<String, Topology> topologies = new LinkedHashMap<>();
    private final Map<RegionKey, Region> regions = new LinkedHashMap<>();
    private final Map<PodsAlike.Key, PodsAlike> podsAlike = new HashMap<>();
    private final Map<PodQuestion, Question> questions = new HashMap<>();
    private final TermIndex<Question> questionIndex = new TermIndex<>();
    private final Map<ExistingPodTerm.Key, ExistingPodTerm> existing = new HashMap<>();
    private final TermIndex<ExistingPodTerm> existingIndex = new TermIndex<>();

    /**
     * @param nodes by row, as the snapshot keeps them
     */
    public PodCounts(List<NodeView> nodes) {
        this.nodes = nodes;
    }

    public Namespaces namespaces() {
        return namespaces;
    }

    public void putNamespace(String name, SortedMap<String, String> labels) {
        if (namespaces.put(name, labels)) {
            namespaceChanged(name);
        }
    }

    public void removeNamespace(String name) {
        if (namespaces.remove(name)) {
            namespaceChanged(name);
        }
    }

    /** The alike that the pod belongs to, made if it is new. */
    public PodsAlike alike(PodInfo pod) {
        PodsAlike.Key key = PodsAlike.Key.of(pod);
        PodsAlike known = podsAlike.get(key);
        if (known != null) {
            return known;
        }
        var alike = new PodsAlike(key);
        for (Question each : questionIndex.candidates(key.namespace(), key.labels())) {
            if (namespaces.matches(each.asked(), key)) {
                alike.questions().add(each);
            }
        }
        podsAlike.put(key, alike);
        return alike;
    }

    /** A pod came to the row ({@code change} 1) or left it (-1). */
    public void podChanged(PodInfo pod, int row, int change) {
        PodsAlike alike = alike(pod);
        alike.add(row, change);
        if (alike.isEmpty()) {
            podsAlike.remove(alike.key());
        }
        PodRelations relations = pod.signature().relations();
        if (relations.isNone()) {
            return;
        }
        for (PodTerm term : relations.antiAffinity()) {
            hold(new ExistingPodTerm.Key(ExistingPodTerm.Kind.ANTI_AFFINITY, 0, term), row, change);
        }
        for (PodTerm term : relations.affinity()) {
            hold(new ExistingPodTerm.Key(ExistingPodTerm.Kind.AFFINITY, 0, term), row, change);
        }
        for (PreferredTerm each : relations.preferred()) {
            hold(
                    new ExistingPodTerm.Key(
                            ExistingPodTerm.Kind.PREFERRED, each.weight(), each.term()),
                    row,
                    change);
        }
    }

    /** Runs {@code change}, which alters what the node says of itself, and recounts its pods. */
    public void nodeChanges(NodeView node, Runnable change) {
        int row = node.row();
        boolean hasPods = node.pods() > 0;
        if (hasPods) {
            recount(row, -1);
        }
        regions.values().forEach(each -> each.leave(row));
        change.run();
        topologies.values().forEach(each -> each.put(row, labelOf(node, each.key())));
        if (node.exists()) {
            regions.values().forEach(each -> each.enter(node));
        }
        if (hasPods) {
            recount(row, 1);
        }
    }

    public Topology topology(String key) {
        return topologies.computeIfAbsent(
                key,
                _ -> {
                    var topology = new Topology(key);
                    nodes.forEach(each -> topology.put(each.row(), labelOf(each, key)));
                    return topology;
                });
    }

    /** The placed pods that match the question; on all nodes without an eligibility. */
    public DomainCounts counts(
            PodQuestion asked, String topologyKey, @Nullable Eligibility eligibility) {
        Question question = question(asked);
        for (Answer each : question.answers()) {
            if (each.topologyKey().equals(topologyKey)
                    && Objects.equals(each.eligibility(), eligibility)) {
                return each.counts();
            }
        }
        Topology topology = topology(topologyKey);
        Region region = eligibility == null ? null : region(eligibility, topology);
        var counts = new DomainCounts(topology, region);
        question.rows().forEach(row -> counts.add(row, question.rows().get(row)));
        // Making room for the region may just have thrown all questions away.
        question(asked).answers().add(new Answer(topologyKey, eligibility, counts));
        return counts;
    }

    /** The terms of existing pods that match this one. */
    public void visitExistingPodTerms(PodInfo pod, Consumer<ExistingPodTerm> visitor) {
        if (existingIndex.isEmpty()) {
            return;
        }
        String namespace = pod.key().namespace();
        for (ExistingPodTerm each : existingIndex.candidates(namespace, pod.labels())) {
            if (namespaces.matches(each.term(), namespace, pod.labels())) {
                visitor.accept(each);
            }
        }
    }

    /** Whether one of those terms is like that: no more of them are looked at than it takes. */
    public boolean anyExistingPodTerm(PodInfo pod, Predicate<ExistingPodTerm> isMeant) {
        if (existingIndex.isEmpty()) {
            return false;
        }
        String namespace = pod.key().namespace();
        for (ExistingPodTerm each : existingIndex.candidates(namespace, pod.labels())) {
            if (isMeant.test(each) && namespaces.matches(each.term(), namespace, pod.labels())) {
                return true;
            }
        }
        return false;
    }

    private Question question(PodQuestion asked) {
        Question known = questions.get(asked);
        if (known != null) {
            return known;
        }
        if (questions.size() >= QUESTIONS) {
            forgetAll();
        }
        var question = new Question(asked);
        for (PodsAlike each : podsAlike.values()) {
            if (namespaces.matches(asked, each.key())) {
                each.questions().add(question);
                each.rows().forEach(row -> question.rows().add(row, each.rows().get(row)));
            }
        }
        questions.put(asked, question);
        questionIndex.add(asked.allOf().getFirst(), question);
        return question;
    }

    private Region region(Eligibility eligibility, Topology topology) {
        var key = new RegionKey(eligibility, topology.key());
        Region known = regions.get(key);
        if (known != null) {
            return known;
        }
        if (regions.size() >= REGIONS) {
            forgetAll();
        }
        var region = new Region(eligibility, topology);
        for (NodeView node : nodes) {
            if (node.exists()) {
                region.enter(node);
            }
        }
        regions.put(key, region);
        return region;
    }

    private void forgetAll() {
        questions.clear();
        questionIndex.clear();
        regions.clear();
        podsAlike.values().forEach(each -> each.questions().clear());
    }

    /** Only terms with a namespace selector, and only pods of that namespace, are concerned. */
    private void namespaceChanged(String name) {
        List<PodsAlike> concerned = new ArrayList<>();
        for (PodsAlike each : podsAlike.values()) {
            if (each.key().namespace().equals(name)) {
                concerned.add(each);
            }
        }
        for (PodsAlike alike : concerned) {
            alike.rows().forEach(row -> answer(alike, row, -1));
            alike.questions().clear();
            for (Question each : questionIndex.all()) {
                if (namespaces.matches(each.asked(), alike.key())) {
                    alike.questions().add(each);
                }
            }
            alike.rows().forEach(row -> answer(alike, row, 1));
        }
    }

    private static void answer(PodsAlike alike, int row, int sign) {
        int change = sign * alike.rows().get(row);
        alike.questions().forEach(each -> each.add(row, change));
    }

    private void hold(ExistingPodTerm.Key key, int row, int change) {
        ExistingPodTerm term = existing.get(key);
        if (term == null) {
            Topology topology = topology(key.term().topologyKey());
            term = new ExistingPodTerm(key, new DomainCounts(topology, null));
            existing.put(key, term);
            existingIndex.add(key.term(), term);
        }
        term.add(row, change);
        if (term.rows().size() == 0) {
            existing.remove(key);
            existingIndex.remove(term);
        }
    }

    private void recount(int row, int sign) {
        for (Question question : questions.values()) {
            int pods = question.rows().get(row);
            question.answers().forEach(each -> each.counts().add(row, sign * pods));
        }
        for (ExistingPodTerm each : existing.values()) {
            each.counts().add(row, sign * each.rows().get(row));
        }
    }

    private static @Nullable String labelOf(NodeView node, String key) {
        return node.exists() ? node.facts().labels().get(key) : null;
    }

    private record RegionKey(Eligibility eligibility, String topologyKey) {}
}
