package dev.gantry.bench.packing;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Machines of three kinds and the pods that they have to take, from one seed.
 *
 * @param machines in the order in which they stay: the last is taken away first
 * @param pods in the order in which they come
 */
record Cell(List<NodeFacts> machines, List<PodInfo> pods) {
    private static final int MACHINES = 400;
    private static final int PODS = 2_000;

    static Cell of(long seed, Mix mix) {
        Random random = new Random(seed);
        List<NodeFacts> machines = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            machines.add(machine("machine-" + i, random));
        }
        Collections.shuffle(machines, random);
        List<PodInfo> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            pods.add(pod("pod-" + i, mix.next(random)));
        }
        return new Cell(machines, pods);
    }

    private static NodeFacts machine(String name, Random random) {
        int kind = random.nextInt(10);
        if (kind < 6) {
            return machine(name, 16, 64);
        }
        return kind < 8 ? machine(name, 16, 128) : machine(name, 32, 64);
    }

    private static NodeFacts machine(String name, int cores, int gibibytes) {
        return NodeFacts.of(
                read(
                        """
                        {"metadata":{"name":"%s"},\
                        "status":{"allocatable":{"cpu":"%d","memory":"%dGi","pods":"110"}}}"""
                                .formatted(name, cores, gibibytes)));
    }

    private static PodInfo pod(String name, Mix.Size size) {
        Resource pod =
                read(
                        """
                        {"metadata":{"name":"%1$s","namespace":"packing","uid":"%1$s"},\
                        "spec":{"schedulerName":"default-scheduler","containers":[{"name":"main",\
                        "resources":{"requests":{%2$s}}}]}}"""
                                .formatted(name, requests(size)));
        return PodSighting.of(pod).info();
    }

    /** What it does not ask for it does not mention, as people do. */
    private static String requests(Mix.Size size) {
        List<String> requests = new ArrayList<>();
        if (size.milliCpu() > 0) {
            requests.add("\"cpu\":\"%dm\"".formatted(size.milliCpu()));
        }
        if (size.mebibytes() > 0) {
            requests.add("\"memory\":\"%dMi\"".formatted(size.mebibytes()));
        }
        return String.join(",", requests);
    }

    private static Resource read(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
