package dev.gantry.bench.packing;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodSighting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Machines and the pods that they have to take, from one seed.
 *
 * <p>Three kinds of machines; pods of four kinds that come in random order: many small ones, some
 * that are heavy on cpu, some that are heavy on memory, and a few that take a large part of a
 * machine. Sizes are round numbers, as people write them.
 *
 * @param machines in the order in which they stay: the last is taken away first
 */
record Cell(List<NodeFacts> machines, List<PodDemand> pods) {
    private static final int MACHINES = 400;
    private static final int PODS = 2_000;

    static Cell of(long seed) {
        Random random = new Random(seed);
        List<NodeFacts> machines = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            machines.add(machine("machine-" + i, random));
        }
        Collections.shuffle(machines, random);
        List<PodDemand> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            pods.add(pod("pod-" + i, random));
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

    private static PodDemand pod(String name, Random random) {
        int kind = random.nextInt(100);
        if (kind < 50) {
            return pod(name, pick(random, 100, 250, 500, 1000), pick(random, 256, 512, 1024, 2048));
        }
        if (kind < 70) {
            return pod(name, pick(random, 2000, 3000, 4000), pick(random, 1024, 2048, 4096));
        }
        if (kind < 90) {
            return pod(name, pick(random, 250, 500, 1000), pick(random, 8192, 12288, 16384));
        }
        return pod(name, pick(random, 6000, 8000, 10000), pick(random, 24576, 32768, 40960));
    }

    private static PodDemand pod(String name, int milliCpu, int mebibytes) {
        Resource pod =
                read(
                        """
                        {"metadata":{"name":"%1$s","namespace":"packing","uid":"%1$s"},\
                        "spec":{"schedulerName":"default-scheduler","containers":[{"name":"main",\
                        "resources":{"requests":{"cpu":"%2$dm","memory":"%3$dMi"}}}]}}"""
                                .formatted(name, milliCpu, mebibytes));
        return PodSighting.of(pod).demand();
    }

    private static int pick(Random random, int... from) {
        return from[random.nextInt(from.length)];
    }

    private static Resource read(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
