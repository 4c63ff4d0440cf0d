package dev.gantry.controller.network.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.FaultyCluster;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Caches lag, events repeat, writes and answers are lost: no address is ever given twice. */
final class LoadBalancerSimulationTest {
    private static final int NAMES = 6;
    private static final int ADDRESSES = 4;

    static LongStream seeds() {
        return Seeds.first(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverGivesAnAddressTwiceAndInTheEndAllThatThereAre(long seed) {
        String replay = "replay with -Dseed=" + seed;
        var cluster =
                new FaultyCluster(seed, LoadBalancerControllerTest.controller("192.0.2.4/30"));
        SimulatedApi api = cluster.api();
        var random = new Random(seed);
        cluster.always(() -> assertThat(held(api)).as(replay).doesNotHaveDuplicates());
        for (int i = 0; i < 600; i++) {
            cluster.step();
            if (random.nextInt(8) == 0) {
                live(api, "s" + random.nextInt(NAMES), random);
            }
        }
        for (int i = 0; i < 3; i++) {
            cluster.heal();
            api.pass(10);
        }
        cluster.heal();

        List<Resource> balancers =
                api.list(Resources.SERVICES).stream().filter(Balanced::isWanted).toList();
        assertThat(held(api)).as(replay).hasSize(Math.min(balancers.size(), ADDRESSES));
        assertThat(api.list(Resources.SERVICES))
                .as(replay)
                .allMatch(each -> Balanced.isMarked(each) == Balanced.isWanted(each));
    }

    /** People create Services, delete them and change their minds. */
    private static void live(SimulatedApi api, String name, Random random) {
        Optional<Resource> found = api.get(LoadBalancerControllerTest.key(name));
        if (found.isEmpty()) {
            LoadBalancerControllerTest.create(
                    api, name, "'type':'LoadBalancer','ipFamilies':['IPv4']");
        } else if (random.nextBoolean()) {
            api.delete(LoadBalancerControllerTest.key(name), "Background");
        } else {
            Resource copy = found.get().copy();
            boolean isBalancer = Resource.text(copy.spec(), "type").equals("LoadBalancer");
            Resource.child(copy.tree(), "spec")
                    .put("type", isBalancer ? "NodePort" : "LoadBalancer");
            api.update(Resources.SERVICES, copy);
        }
    }

    private static List<String> held(SimulatedApi api) {
        List<String> found = new ArrayList<>();
        for (Resource each : api.list(Resources.SERVICES)) {
            each.status()
                    .at("/loadBalancer/ingress")
                    .forEach(ingress -> found.add(Resource.text(ingress, "ip")));
        }
        return found;
    }
}
