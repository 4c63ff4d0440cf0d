package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.network.ServiceAction.Balance;
import dev.gantry.agent.network.ServiceAction.Endpoint;
import dev.gantry.agent.network.ServiceAction.Masquerade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class NftScriptTest {
    private static final Ranges RANGES =
            new Ranges(
                    new TreeSet<>(List.of("10.244.0.0/24")),
                    new TreeSet<>(List.of("10.244.0.0/24", "10.244.1.0/24")),
                    new TreeSet<>(List.of("10.96.0.0/16")),
                    new TreeSet<>(),
                    true);

    private final MarkAllocator marks = new MarkAllocator();

    @Test
    void sameViewNeedsNoScript() {
        assertThat(NftScript.delta(ruleset("a", "b"), ruleset("a", "b"))).isEmpty();
    }

    @Test
    void anEndpointMoreCostsAFewElementsAndAChain() {
        assertThat(NftScript.delta(ruleset("a"), ruleset("a", "b")))
                .isEqualTo(
                        """
                        add chain ip gantry endpoints-2-all
                        add rule ip gantry endpoints-2-all ct mark set meta mark . numgen random mod 2 map @slots goto send-all
                        delete element ip gantry targets { 1 }
                        add element ip gantry targets { 1 : goto endpoints-2-all }
                        add element ip gantry slots { 1 . 1 : 3 }
                        add element ip gantry endpoints { 3 : b . 8080 }
                        flush chain ip gantry endpoints-1-all
                        delete chain ip gantry endpoints-1-all
                        """);
    }

    @Test
    void anEndpointThatComesBackHasAnotherNumber() {
        Ruleset before = ruleset("a", "b");
        ruleset("a");
        assertThat(NftScript.delta(before, ruleset("a", "b")))
                .contains("delete element ip gantry slots { 1 . 1 }")
                .contains("add element ip gantry slots { 1 . 1 : 4 }");
    }

    @Test
    void theWholeTableReplacesWhateverIsThere() {
        assertThat(NftScript.full(ruleset("a")))
                .startsWith("add table ip gantry\ndelete table ip gantry\nadd table ip gantry\n")
                .contains("add element ip gantry addresses { 10.96.0.1 . tcp . 80 : 1 }\n");
    }

    private Ruleset ruleset(String... addresses) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String each : addresses) {
            endpoints.add(new Endpoint("tcp", each, 8080, false));
        }
        SortedMap<Frontend, ServiceAction> actions = new TreeMap<>();
        actions.put(
                new Frontend(Frontend.Scope.ANYONE, "10.96.0.1", "tcp", 80),
                new Balance("n/s", Masquerade.ALL, Optional.empty(), endpoints));
        return Ruleset.of(Family.IP4, RANGES, actions, new TreeMap<>(), marks);
    }
}
