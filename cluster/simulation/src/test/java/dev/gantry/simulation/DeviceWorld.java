package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.node.resourceclaim.ResourceClaimController;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Two nodes, a pool of devices that are attached to a node when a claim has them, the driver that
 * attaches them, the controller that takes them back, and two schedulers.
 */
final class DeviceWorld {
    private static final int DEVICES = 6;
    private static final int MOST_OF_A_CLAIM = 2;
    private static final int NODES = 2;
    private static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;
    private static final List<GroupResource> WATCHED =
            List.of(
                    SimulatedState.PODS,
                    SimulatedState.NODES,
                    CLAIMS,
                    Resources.DEVICE_CLASSES,
                    Resources.RESOURCE_SLICES);

    private final long seed;
    private final Random random;

    /** What befalls a wild world only has its own luck, so that the others stay as they are. */
    private final Random mishaps;

    private final SimulatedState state;
    private final BindingTopic topic;
    private final SimulatedFeed feed;
    private final SimulatedControllerLoop controller;
    private final SchedulerPair schedulers;
    private final Set<Uid> bound = new HashSet<>();
    private Optional<WildFaults> wild = Optional.empty();
    private boolean isBrittle;
    private boolean isHealthy;
    private int names;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    DeviceWorld(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.mishaps = new Random(~seed);
        this.state = new SimulatedState(now, new Invariants(seed));
        this.topic = new BindingTopic(random, state);
        var controller = new ResourceClaimController();
        this.feed = new SimulatedFeed(state, controller.watches());
        this.controller = new SimulatedControllerLoop(controller, feed, state, new Faults(random));
        createMissingNodes();
        make(
                Resources.DEVICE_CLASSES,
                "{'metadata':{'name':'gpu'},'spec':{'extendedResourceName':'%s'}}"
                        .formatted(DeviceObjects.RESOURCE));
        make(Resources.RESOURCE_SLICES, DeviceObjects.slice(DEVICES));
        SchedulingWorld.createPriorityClasses(state);
        this.schedulers = new SchedulerPair(this::started);
    }

    private SchedulerReplica started() {
        var replica = new SchedulerReplica(state, WATCHED, topic, now);
        wild.ifPresent(_ -> replica.befall(mishaps));
        return replica;
    }

    /**
     * Pods are also placed as gangs, or ask for extended resources; nodes go, namesakes come, words
     * are late, feeds have gaps, and clocks are set.
     */
    DeviceWorld wild() {
        wild = Optional.of(new WildFaults(mishaps, state));
        schedulers.all().forEach(each -> each.befall(mishaps));
        return this;
    }

    /**
     * Wild, and some devices need not be attached, those that are may break before their pod is
     * bound, and claims that were made for pods are taken away.
     */
    DeviceWorld brittle() {
        isBrittle = true;
        GroupResource slices = Resources.RESOURCE_SLICES;
        state.update(slices, DeviceObjects.withSimpleDevices(state.list(slices).getFirst()));
        return wild();
    }

    List<Resource> pods() {
        return state.list(SimulatedState.PODS);
    }

    int messages() {
        return topic.end();
    }

    void runWithFaults(int steps) {
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(4) == 0) {
                disturb();
            }
            wild.ifPresent(_ -> befall());
            if (isBrittle) {
                damage();
            }
            int rare = random.nextInt(150);
            step(rare == 0 ? 601_000 : rare < 3 ? 40_000 : 20 + random.nextInt(300));
        }
    }

    /** What there is fits, every device is attached, and one leads. */
    void heal() {
        isHealthy = true;
        wild.ifPresent(WildFaults::end);
        createMissingNodes();
        podsOfGangs().forEach(pod -> state.drop(pod.key(SimulatedState.PODS)));
        List<Resource> all = pods();
        all.subList(Math.min(all.size(), DEVICES / MOST_OF_A_CLAIM), all.size())
                .forEach(pod -> state.drop(pod.key(SimulatedState.PODS)));
        for (Resource claim : state.list(CLAIMS)) {
            if (pods().stream().noneMatch(pod -> claimOf(pod).equals(claim.name()))) {
                state.delete(claim.key(CLAIMS), claim.uid(), "Background");
            }
        }
        schedulers.notice();
    }

    void runHealthy(int seconds) {
        for (int i = 0; i < seconds; i++) {
            step(1000);
        }
    }

    private void step(int millis) {
        now = now.plusMillis(millis);
        state.tick(now);
        topic.takeIn();
        assertBoundInTime();
        wild.ifPresent(WildFaults::step);
        collectClaims();
        attach();
        for (Resource pod : pods()) {
            if (pod.isBeingDeleted() && random.nextInt(3) == 0) {
                state.drop(pod.key(SimulatedState.PODS));
            }
        }
        feed.advance(random);
        while (random.nextInt(3) > 0 && controller.step(now)) {
            // each look is one step of the simulation
        }
        schedulers.step(random, now);
        assertGivenOnce();
    }

    private void disturb() {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> createPod();
            case 3, 4 -> deleteSomePod();
            case 5 -> schedulers.leadAny(random);
            case 6 -> schedulers.restartAny(random);
            default -> schedulers.notice();
        }
    }

    /** The driver sees what was allocated, sooner or later, and says what came of it. */
    private void attach() {
        for (Resource claim : state.list(CLAIMS)) {
            JsonNode results = claim.status().at("/allocation/devices/results");
            boolean isAsked = !results.isEmpty() && claim.status().path("devices").isEmpty();
            if (isAsked && random.nextInt(isHealthy ? 2 : 10) == 0) {
                Resource next = claim.copy();
                boolean fails = !isHealthy && random.nextInt(4) == 0;
                ArrayNode devices = Resource.child(next.tree(), "status").putArray("devices");
                results.forEach(
                        each ->
                                devices.add(
                                        DeviceObjects.report(each, fails ? "Broken" : "Attached")));
                state.putStatus(CLAIMS, next);
            }
        }
    }

    private void assertBoundInTime() {
        for (Resource pod : pods()) {
            String node = Resource.text(pod.spec(), "nodeName");
            if (node.isEmpty() || !bound.add(pod.uid())) {
                continue;
            }
            Resource claim =
                    state.get(new ObjectKey(CLAIMS, "default", claimOf(pod))).orElseThrow();
            assertThat(claim.status().path("reservedFor").findValuesAsString("uid"))
                    .as("%s is reserved; replay with -Dseed=%d", claim.name(), seed)
                    .contains(pod.uid().value());
            for (JsonNode each : DeviceObjects.attachedOnes(claim)) {
                assertThat(claim.status().at("/allocation/nodeSelector").toString())
                        .as("%s is for %s; replay with -Dseed=%d", claim.name(), node, seed)
                        .contains("\"" + node + "\"");
                JsonNode conditions = DeviceObjects.reportOn(each, claim).path("conditions");
                assertThat(Conditions.isTrue(conditions, "Attached"))
                        .as("%s of %s is attached; replay with -Dseed=%d", each, claim, seed)
                        .isTrue();
            }
        }
    }

    private void assertGivenOnce() {
        Map<String, String> holders = new HashMap<>();
        for (Resource claim : state.list(CLAIMS)) {
            for (JsonNode each : claim.status().at("/allocation/devices/results")) {
                String device = Resource.text(each, "device");
                assertThat(holders.put(device, claim.name()))
                        .as("%s is also %s's; replay with -Dseed=%d", device, claim.name(), seed)
                        .isNull();
            }
        }
    }

    private static String claimOf(Resource pod) {
        String own = Resource.text(pod.spec().path("resourceClaims").path(0), "resourceClaimName");
        return own.isEmpty()
                ? Resource.text(
                        pod.status().path("extendedResourceClaimStatus"), "resourceClaimName")
                : own;
    }

    /** Those that were made for pods which are gone. */
    private void collectClaims() {
        for (Resource claim : state.list(CLAIMS)) {
            boolean isOrphan =
                    claim.controller()
                            .filter(
                                    owner ->
                                            pods().stream()
                                                    .noneMatch(p -> p.uid().equals(owner.uid())))
                            .isPresent();
            if (isOrphan && mishaps.nextInt(4) == 0) {
                state.delete(claim.key(CLAIMS), claim.uid(), "Background");
            }
        }
    }

    private List<Resource> podsOfGangs() {
        return pods().stream().filter(pod -> !SchedulingWorld.gang(pod).isEmpty()).toList();
    }

    private void befall() {
        switch (mishaps.nextInt(60)) {
            case 0 -> topic.skip(mishaps);
            case 1 -> createMissingNodes();
            case 2 -> replaceSomeClaim();
            case 3 -> createGang();
            case 4, 5, 6 -> make(SimulatedState.PODS, DeviceObjects.podFor("x" + names++));
            default -> {}
        }
    }

    private void damage() {
        switch (mishaps.nextInt(30)) {
            case 0, 1 ->
                    anyUnused(each -> !each.status().path("devices").isEmpty())
                            .ifPresent(this::breakDevices);
            case 2 ->
                    anyUnused(each -> each.controller().isPresent())
                            .ifPresent(each -> state.drop(each.key(CLAIMS)));
            default -> {}
        }
    }

    /** A claim of no pod that has its node. */
    private Optional<Resource> anyUnused(Predicate<Resource> isWanted) {
        Set<String> used =
                pods().stream()
                        .filter(pod -> !SchedulingWorld.nodeOf(pod).isEmpty())
                        .map(DeviceWorld::claimOf)
                        .collect(Collectors.toSet());
        List<Resource> all =
                state.list(CLAIMS).stream()
                        .filter(isWanted)
                        .filter(each -> !used.contains(each.name()))
                        .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(mishaps.nextInt(all.size())));
    }

    private void breakDevices(Resource claim) {
        Resource next = claim.copy();
        ArrayNode devices = Resource.child(next.tree(), "status").putArray("devices");
        claim.status()
                .path("devices")
                .forEach(each -> devices.add(DeviceObjects.report(each, "Broken")));
        state.putStatus(CLAIMS, next);
    }

    private void createMissingNodes() {
        for (int i = 0; i < NODES; i++) {
            if (state.get(new ObjectKey(SimulatedState.NODES, "", "n" + i)).isEmpty()) {
                state.createReadyNode("n" + i);
            }
        }
    }

    /** Only one without devices goes at once. */
    private void replaceSomeClaim() {
        List<Resource> all =
                state.list(CLAIMS).stream().filter(each -> each.finalizers().isEmpty()).toList();
        if (!all.isEmpty()) {
            Resource claim = all.get(mishaps.nextInt(all.size()));
            state.drop(claim.key(CLAIMS));
            make(CLAIMS, DeviceObjects.claim(claim.name(), 1));
        }
    }

    private void createGang() {
        if (podsOfGangs().isEmpty()) {
            String gang = "gang-" + names++;
            for (int i = 0; i < SchedulingWorld.GANG; i++) {
                String claim = "g" + names++;
                make(CLAIMS, DeviceObjects.claim(claim, 1));
                Resource pod = DeviceObjects.object(DeviceObjects.pod("p" + names++, claim));
                pod.mutableMetadata()
                        .putObject("annotations")
                        .put("gantry.dev/pod-group", gang)
                        .put("gantry.dev/pod-group-size", "" + SchedulingWorld.GANG);
                state.create(SimulatedState.PODS, pod);
            }
        }
    }

    /** Some pods share a claim, and some claims are for two devices. */
    private void createPod() {
        List<Resource> claims =
                state.list(CLAIMS).stream()
                        .filter(each -> !each.isBeingDeleted() && each.controller().isEmpty())
                        .toList();
        String claim = "c" + names;
        if (!claims.isEmpty() && random.nextInt(4) == 0) {
            claim = claims.get(random.nextInt(claims.size())).name();
        } else {
            make(CLAIMS, DeviceObjects.claim(claim, random.nextInt(5) == 0 ? MOST_OF_A_CLAIM : 1));
        }
        make(SimulatedState.PODS, DeviceObjects.pod("p" + names, claim));
        names++;
    }

    private void deleteSomePod() {
        List<Resource> all = pods();
        if (!all.isEmpty()) {
            Resource pod = all.get(random.nextInt(all.size()));
            state.delete(pod.key(SimulatedState.PODS), pod.uid(), "Background");
        }
    }

    private void make(GroupResource resource, String json) {
        state.create(resource, DeviceObjects.object(json));
    }
}
