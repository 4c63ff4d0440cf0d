package dev.gantry.agent.shell.http;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.stream.StatsSummary;
import dev.gantry.agent.stream.StatsSummary.NodeUse;
import dev.gantry.agent.stream.StatsSummary.Sample;
import dev.gantry.agent.stream.UsageReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the agent knows: its pods, and what they use. */
final class NodeRoute {
    private static final long NANOS_PER_TICK = 10_000_000;

    private final String node;
    private final PodContainers containers;
    private final AtomicReference<Map<String, Sample>> samples =
            new AtomicReference<>(new TreeMap<>());

    NodeRoute(String node, PodContainers containers) {
        this.node = node;
        this.containers = containers;
    }

    byte[] pods() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", "PodList").put("apiVersion", "v1").putObject("metadata");
        ArrayNode items = list.putArray("items");
        containers.pods().forEach(each -> items.add(each.tree()));
        return JsonMapper.shared().writeValueAsBytes(list);
    }

    byte[] summary() throws IOException {
        List<ContainerStats> stats = containers.runtime().containerStats();
        NodeUse use = use();
        Map<String, Sample> now = new TreeMap<>();
        now.put(node, use.cpu());
        stats.forEach(each -> now.put(each.id(), new Sample(each.at(), each.cpuNanosTotal())));
        Map<String, Sample> before = samples.getAndSet(now);
        ObjectNode summary =
                StatsSummary.of(node, use, containers.runtime().sandboxStats(), stats, before);
        return JsonMapper.shared().writeValueAsBytes(summary);
    }

    /** What the node, its pods and their containers use just now. */
    UsageReading measured() throws IOException {
        return new UsageReading(
                use(),
                containers.runtime().sandboxStats(),
                containers.runtime().containerStats(),
                containers.started());
    }

    private static NodeUse use() throws IOException {
        long total = 0;
        long available = 0;
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            String[] words = line.split("\\s+");
            switch (words[0]) {
                case "MemTotal:" -> total = Long.parseLong(words[1]) * 1024;
                case "MemAvailable:" -> available = Long.parseLong(words[1]) * 1024;
                default -> {}
            }
        }
        // cpu user nice system idle iowait irq softirq steal: all but the idle ones.
        String[] ticks = Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+");
        long used = 0;
        for (int i : new int[] {1, 2, 3, 6, 7}) {
            used += Long.parseLong(ticks[i]);
        }
        return new NodeUse(
                new Sample(Instant.now(), used * NANOS_PER_TICK), total - available, available);
    }
}
