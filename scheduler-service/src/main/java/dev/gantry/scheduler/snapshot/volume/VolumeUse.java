package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Uid;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which pods with volumes stand on which node, and who uses which claim. */
final class VolumeUse {
    private final Map<String, Map<Uid, UsedVolumes>> byNode = new TreeMap<>();
    private final Map<String, Map<Uid, String>> byClaim = new TreeMap<>();

    void add(Uid pod, String namespace, PodVolumes volumes, String node) {
        byNode.computeIfAbsent(node, _ -> new LinkedHashMap<>())
                .put(pod, new UsedVolumes(pod, namespace, volumes));
        for (PodVolumes.ClaimUse each : volumes.claims()) {
            byClaim.computeIfAbsent(namespace + "/" + each.claim(), _ -> new LinkedHashMap<>())
                    .put(pod, node);
        }
    }

    void remove(Uid pod, String node) {
        Map<Uid, UsedVolumes> pods = byNode.get(node);
        if (pods == null) {
            return;
        }
        UsedVolumes gone = pods.remove(pod);
        if (gone == null) {
            return;
        }
        if (pods.isEmpty()) {
            byNode.remove(node);
        }
        for (PodVolumes.ClaimUse each : gone.volumes().claims()) {
            byClaim.computeIfPresent(
                    gone.namespace() + "/" + each.claim(),
                    (_, users) -> {
                        users.remove(pod);
                        return users.isEmpty() ? null : users;
                    });
        }
    }

    Collection<UsedVolumes> on(String node) {
        return byNode.getOrDefault(node, Map.of()).values();
    }

    /** The pods that use the claim and are placed. */
    List<Uid> usersOf(String claim) {
        return List.copyOf(byClaim.getOrDefault(claim, Collections.emptyMap()).keySet());
    }
}
