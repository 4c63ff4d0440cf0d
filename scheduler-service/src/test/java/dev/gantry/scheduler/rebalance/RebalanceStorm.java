package dev.gantry.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cluster in which much goes wrong while pods are moved: budgets that say no, answers that get
 * lost, successors that come late, never, or land elsewhere, nodes that vanish, leaders that
 * change, clocks that jump. It holds every eviction to what the settings allow.
 */
final class RebalanceStorm {
    /** One of so many steps brings one of each. */
    private static final int FAULTS = 60;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RebalanceWorld world;
    private final RebalanceSettings settings;
    private final Random random;
    private final String replay;

    /** How many pods each controller wants, and one that it makes them like. */
    private final Map<String, Integer> wanted = new TreeMap<>();

    private final Map<String, Resource> templates = new HashMap<>();
    private final Map<String, Integer> mustStay = new TreeMap<>();

    /** When those that were evicted will have gone. */
    private final Map<ObjectKey, Instant> leaving = new TreeMap<>();

    private final List<Instant> evictions = new ArrayList<>();

    private final Set<ObjectKey> byThisLeader = new HashSet<>();

    private final Map<String, Instant> lastOf = new HashMap<>();
    private boolean isFaulty = true;
    private int nodesMade;

    RebalanceStorm(RebalanceWorld world, RebalanceSettings settings, long seed) {
        this.world = world;
        this.settings = settings;
        this.random = new Random(seed);
        this.replay = "replay with -Dseed=" + seed;
    }

    void addNode() {
        String name = "n" + nodesMade++;
        world.node(name, random.nextBoolean() ? "4" : "6", "z" + nodesMade % 3, "");
    }

    /** As many pods of a new workload, wherever they are, of which some must stay at any time. */
    void addWorkload(String name, int replicas, int milliCpu, String metadata, String spec) {
        List<String> nodes = world.nodes();
        for (int i = 0; i < replicas; i++) {
            String node = nodes.get(random.nextInt(nodes.size()));
            templates.put(name, world.pod(name, node, milliCpu, metadata, spec));
        }
        wanted.put(name, replicas);
        if (random.nextInt(3) == 0) {
            mustStay.put(name, random.nextInt(replicas + 1));
        }
    }

    /** Asks for more than any node has. */
    void addHopeless() {
        world.pod("hopeless", "", 100_000);
    }

    /** As where it is rolled out and asks for too much: none of its other pods may be moved. */
    private void addHopelessTo(String workload) {
        wanted.merge(workload, 1, Integer::sum);
        world.pod(workload, "", 100_000);
    }

    /** From here on nothing goes wrong. */
    void calmDown() {
        isFaulty = false;
    }

    /** How many pods were evicted. */
    int evictions() {
        return evictions.size();
    }

    void step() {
        world.pass(Duration.ofSeconds(1 + random.nextInt(isFaulty ? 20 : 60)));
        if (isFaulty) {
            fault();
        }
        leaving.entrySet().removeIf(each -> hasLeft(each.getKey(), each.getValue()));
        replace();
        world.scheduleAll();
        mustStay.keySet().forEach(this::tellBudget);
        for (Move each : world.plan()) {
            attempt(each);
        }
    }

    private void fault() {
        switch (random.nextInt(FAULTS)) {
            case 0 -> takeOver();
            case 1 -> world.jump(Duration.ofSeconds(random.nextInt(1200) - 600));
            case 2 -> vanish();
            case 3 -> addNode();
            case 4 -> wanted.merge(anyWorkload(), 1, Integer::sum);
            case 5 -> wanted.computeIfPresent(anyWorkload(), (_, many) -> Math.max(1, many - 1));
            case 6 -> addHopelessTo(anyWorkload());
            default -> {}
        }
    }

    private void takeOver() {
        world.takeOver();
        byThisLeader.clear();
        lastOf.clear();
    }

    private String anyWorkload() {
        List<String> all = List.copyOf(wanted.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private void vanish() {
        List<String> nodes = world.nodes();
        if (nodes.size() < 3) {
            return;
        }
        String node = nodes.get(random.nextInt(nodes.size()));
        world.removeNode(node);
        for (Resource each : world.pods()) {
            if (RebalanceWorld.nodeOf(each).equals(node)) {
                world.leave(keyOf(each));
                leaving.remove(keyOf(each));
            }
        }
    }

    private boolean hasLeft(ObjectKey pod, Instant when) {
        if (when.isAfter(world.now())) {
            return false;
        }
        world.leave(pod);
        return true;
    }

    /** What controllers do, sometimes late; and sometimes a foreign scheduler is faster. */
    private void replace() {
        wanted.forEach(
                (workload, many) -> {
                    List<Resource> alive = alive(workload);
                    for (int i = alive.size(); i < many && !isAsleep(); i++) {
                        Resource next = world.succeed(templates.get(workload));
                        List<String> nodes = world.nodes();
                        if (isFaulty && random.nextInt(5) == 0) {
                            world.bind(next, nodes.get(random.nextInt(nodes.size())));
                        }
                    }
                    alive.stream().skip(many).forEach(each -> world.leave(keyOf(each)));
                });
    }

    private boolean isAsleep() {
        return isFaulty && random.nextInt(3) == 0;
    }

    private List<Resource> alive(String workload) {
        return world.pods().stream()
                .filter(each -> each.labels().get("app").equals(workload))
                .filter(each -> !each.isBeingDeleted())
                .toList();
    }

    private int allowed(String workload) {
        long healthy =
                alive(workload).stream()
                        .filter(each -> !RebalanceWorld.nodeOf(each).isEmpty())
                        .count();
        return (int) Math.max(0, healthy - mustStay.getOrDefault(workload, 0));
    }

    /** The scheduler hears of it late where that goes wrong too. */
    private void tellBudget(String workload) {
        if (!isFaulty || random.nextBoolean()) {
            world.budget(workload, allowed(workload));
        }
    }

    /** The API's side of an eviction. */
    private void attempt(Move move) {
        assertIsAllowed(move);
        boolean isRefused = mustStay.containsKey(move.workload()) && allowed(move.workload()) < 1;
        if (isRefused || isFaulty && random.nextInt(8) == 0) {
            world.refuse(move);
        } else if (isFaulty && random.nextInt(8) == 0) {
            world.loseAnswer(move);
        } else {
            world.evict(move);
            int longest = random.nextInt(4) == 0 ? 400 : 90;
            leaving.put(move.pod(), world.now().plusSeconds(random.nextInt(longest)));
            evictions.add(world.now());
            byThisLeader.add(move.pod());
        }
        lastOf.put(move.workload(), world.now());
    }

    private void assertIsAllowed(Move move) {
        Instant now = world.now();
        assertThat(move.workload()).as(replay).doesNotStartWith("fixed");
        assertThat(leaving).as("told to go once; %s", replay).doesNotContainKey(move.pod());
        assertThat(world.told(move.workload()).orElse(1))
                .as("disruptions allowed, as far as is known; %s", replay)
                .isPositive();
        assertThat(evictions)
                .as("within a minute, whoever led; %s", replay)
                .filteredOn(each -> each.isAfter(now.minus(MINUTE)))
                .hasSizeLessThan(settings.movesPerMinute());
        assertThat(byThisLeader)
                .as("still on their nodes; %s", replay)
                .filteredOn(leaving::containsKey)
                .hasSizeLessThan(settings.mostAtOnce());
        assertThat(lastOf.getOrDefault(move.workload(), RebalanceWorld.START.minusSeconds(9999)))
                .as("the last move of this workload; %s", replay)
                .isBeforeOrEqualTo(now.minus(settings.settle()));
        assertThat(alive(move.workload()))
                .as("of one workload nobody waits while another is moved; %s", replay)
                .noneMatch(each -> RebalanceWorld.nodeOf(each).isEmpty());
    }

    private static ObjectKey keyOf(Resource pod) {
        return pod.key(Resources.PODS);
    }
}
