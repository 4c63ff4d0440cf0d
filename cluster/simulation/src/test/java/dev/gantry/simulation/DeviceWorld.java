package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.resourceclaim.ResourceClaimDuty;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two nodes, a pool of devices that are attached to a node when a claim has them, the driver that
 * attaches them, the controller that takes them back, and two schedulers.
 */
final class DeviceWorld {
    private static final int DEVICES = 6;
    private static final int MOST_OF_A_CLAIM = 2;
    private static final int REPLICAS = 2;
    private static final GroupResource CLAIMS = BuiltinKind.RESOURCE_CLAIM.resource();
    private static final List<GroupResource> WATCHED =
            List.of(
                    SimulatedState.PODS,
                    SimulatedState.NODES,
                    CLAIMS,
                    BuiltinKind.DEVICE_CLASS.resource(),
                    BuiltinKind.RESOURCE_SLICE.resource());

    private final long seed;
    private final Random random;
    private final SimulatedState state;
    private final BindingTopic topic;
    private final SimulatedFeed feed;
    private final SimulatedActor controller;
    private final List<SchedulerReplica> replicas = new ArrayList<>();
    private final Set<Uid> bound = new HashSet<>();
    private boolean isHealthy;
    private int leader;
    private int names;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    DeviceWorld(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.state = new SimulatedState(now, new Invariants(seed));
        this.topic = new BindingTopic(random, state);
        var duty = new ResourceClaimDuty();
        this.feed = new SimulatedFeed(state, duty.watches());
        this.controller = new SimulatedActor(duty, feed, state, new Faults(random));
        for (int i = 0; i < 2; i++) {
            state.create(SimulatedState.NODES, SimulatedNode.object("n" + i));
        }
        make(BuiltinKind.DEVICE_CLASS.resource(), "{'metadata':{'name':'gpu'},'spec':{}}");
        make(BuiltinKind.RESOURCE_SLICE.resource(), slice());
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(new SchedulerReplica(state, WATCHED, topic, now));
        }
        replicas.getFirst().takeOver();
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
            int rare = random.nextInt(150);
            step(rare == 0 ? 601_000 : rare < 3 ? 40_000 : 20 + random.nextInt(300));
        }
    }

    /** What there is fits, every device is attached, and one leads. */
    void heal() {
        isHealthy = true;
        List<Resource> all = pods();
        all.subList(Math.min(all.size(), DEVICES / MOST_OF_A_CLAIM), all.size())
                .forEach(pod -> state.drop(pod.key(SimulatedState.PODS)));
        for (Resource claim : state.list(CLAIMS)) {
            if (pods().stream().noneMatch(pod -> claimOf(pod).equals(claim.name()))) {
                state.delete(claim.key(CLAIMS), claim.uid(), "Background");
            }
        }
        notice();
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
        replicas.forEach(each -> each.step(random, now));
        assertGivenOnce();
    }

    private void disturb() {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> createPod();
            case 3, 4 -> deleteSomePod();
            case 5 -> lead(random.nextInt(REPLICAS));
            case 6 -> restart(random.nextInt(REPLICAS));
            default -> notice();
        }
    }

    private void lead(int next) {
        if (next != leader) {
            leader = next;
            if (replicas.get(next).isLeading()) {
                replicas.get(next).noticeThatAnotherLeads();
            }
            replicas.get(next).takeOver();
        }
    }

    private void restart(int which) {
        replicas.set(which, new SchedulerReplica(state, WATCHED, topic, now));
        if (which == leader) {
            replicas.get(which).takeOver();
        }
    }

    private void notice() {
        for (int i = 0; i < REPLICAS; i++) {
            if (i != leader && replicas.get(i).isLeading()) {
                replicas.get(i).noticeThatAnotherLeads();
            }
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
                results.forEach(each -> devices.add(report(each, fails ? "Broken" : "Attached")));
                state.putStatus(CLAIMS, next);
            }
        }
    }

    private static ObjectNode report(JsonNode result, String condition) {
        ObjectNode device = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("driver", "pool", "device")) {
            device.set(name, result.path(name));
        }
        device.putArray("conditions").addObject().put("type", condition).put("status", "True");
        return device;
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
            assertThat(claim.status().at("/allocation/nodeSelector").toString())
                    .as("%s is for %s; replay with -Dseed=%d", claim.name(), node, seed)
                    .contains("\"" + node + "\"");
            for (JsonNode each : claim.status().path("devices")) {
                assertThat(Conditions.isTrue(each.path("conditions"), "Attached"))
                        .as("%s is attached; replay with -Dseed=%d", claim.name(), seed)
                        .isTrue();
            }
            assertThat(claim.status().path("devices"))
                    .as("%s is attached; replay with -Dseed=%d", claim.name(), seed)
                    .hasSameSizeAs(claim.status().at("/allocation/devices/results"));
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
        return Resource.text(pod.spec().path("resourceClaims").path(0), "resourceClaimName");
    }

    /** Some pods share a claim, and some claims are for two devices. */
    private void createPod() {
        List<Resource> claims =
                state.list(CLAIMS).stream().filter(each -> !each.isBeingDeleted()).toList();
        String claim = "c" + names;
        if (!claims.isEmpty() && random.nextInt(4) == 0) {
            claim = claims.get(random.nextInt(claims.size())).name();
        } else {
            make(CLAIMS, claim(claim, random.nextInt(5) == 0 ? MOST_OF_A_CLAIM : 1));
        }
        make(SimulatedState.PODS, pod("p" + names, claim));
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
        ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
        state.create(resource, new Resource(tree));
    }

    private static String slice() {
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(
                    """
                    {'name':'d%d','bindsToNode':true,'bindingConditions':['Attached'],
                     'bindingFailureConditions':['Broken']}
                    """
                            .formatted(i));
        }
        return """
        {'metadata':{'name':'fabric'},'spec':{'driver':'gpu.example.com','allNodes':true,
         'pool':{'name':'fabric','generation':1,'resourceSliceCount':1},'devices':[%s]}}
        """
                .formatted(String.join(",", devices));
    }

    private static String claim(String name, int count) {
        return """
        {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim',
         'metadata':{'name':'%s','namespace':'default'},
         'spec':{'devices':{'requests':[{'name':'r',
           'exactly':{'deviceClassName':'gpu','count':%d}}]}},'status':{}}
        """
                .formatted(name, count);
    }

    private static String pod(String name, String claim) {
        return """
        {'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default'},
         'spec':{'schedulerName':'default-scheduler',
           'resourceClaims':[{'name':'gpu','resourceClaimName':'%s'}],
           'containers':[{'name':'c','resources':{'requests':{'cpu':'500m'}}}]},
         'status':{'phase':'Pending'}}
        """
                .formatted(name, claim);
    }
}
