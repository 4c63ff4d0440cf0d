package dev.gantry.scheduler.plugin.dynamicresources;

import static dev.gantry.scheduler.plugin.Preference.MAX;
import static dev.gantry.scheduler.snapshot.Devices.claim;
import static dev.gantry.scheduler.snapshot.Devices.device;
import static dev.gantry.scheduler.snapshot.Devices.deviceClass;
import static dev.gantry.scheduler.snapshot.Devices.pod;
import static dev.gantry.scheduler.snapshot.Devices.request;
import static dev.gantry.scheduler.snapshot.Devices.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.Scheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node a has a small device, b a large one, c both. */
class DynamicResourcesScoreTest {
    private static final String SMALL = device("small", "'size':{'int':1}");
    private static final String LARGE = device("large", "'size':{'int':2}");

    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final DynamicResourcesScore rule = new DynamicResources().alternatives();

    @BeforeEach
    void threeNodes() {
        for (String name : List.of("a", "b", "c")) {
            snapshot.putNode(Sample.facts(name, "4", "8Gi", ""));
        }
        deviceClass(snapshot, "gpu", "");
        slice(snapshot, "a", SMALL);
        slice(snapshot, "b", LARGE);
        slice(snapshot, "c", SMALL, LARGE);
    }

    @Test
    void theFirstAlternativeIsWorthMost() {
        claim(snapshot, claim("one", firstAvailable("r", "large", "small"), ""));

        assertThat(scores(pod("p", "one"))).containsExactly(MAX * 7 / 8, MAX, MAX);
        assertThat(place(pod("p", "one"))).isIn("b", "c");
    }

    @Test
    void eachListCounts() {
        String both =
                firstAvailable("r", "large", "small") + "," + firstAvailable("s", "large", "small");
        claim(snapshot, claim("one", both, ""));

        assertThat(scores(pod("p", "one"))).as("only c can give two").containsExactly(0, 0, MAX);
    }

    @Test
    void aClaimWithoutAlternativesIsOfNoConcern() {
        claim(snapshot, claim("one", request("r", ""), ""));

        assertThat(rule.concerns(pod("p", "one"), snapshot)).isFalse();
        assertThat(rule.concerns(pod("p"), snapshot)).isFalse();
    }

    private int[] scores(PodInfo pod) {
        assertThat(rule.concerns(pod, snapshot)).isTrue();
        List<NodeView> nodes = snapshot.rows();
        var prepared = rule.prepare(pod, snapshot, nodes);
        List<Integer> reference = new ArrayList<>();
        nodes.forEach(node -> reference.add(prepared.applyAsInt(node)));
        int[] scores =
                rule.scores(pod, snapshot, new Candidates(new int[] {0, 1, 2}, nodes.size()));
        assertThat(scores).containsExactly(reference.stream().mapToInt(each -> each).toArray());
        return scores;
    }

    private String place(PodInfo pod) {
        Placement placed = new RankedScheduler(Profile.PACKING).place(pod, snapshot);
        assertThat(placed).isEqualTo(new Scheduler(Profile.PACKING).place(pod, snapshot));
        return ((Placement.Placed) placed).node();
    }

    private static String firstAvailable(String name, String... sizes) {
        List<String> options = new ArrayList<>();
        for (String size : sizes) {
            options.add(
                    """
                    {'name':'%s','deviceClassName':'gpu','selectors':[{'cel':{'expression':
                      'device.attributes[\\"gpu.example.com\\"].size == %d'}}]}
                    """
                            .formatted(size, size.equals("small") ? 1 : 2));
        }
        return "{'name':'%s','firstAvailable':[%s]}".formatted(name, String.join(",", options));
    }
}
