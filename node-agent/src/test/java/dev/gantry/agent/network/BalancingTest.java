package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BalancingTest {
    private static final Place HERE = new Place("here", "east");

    /**
     * Backends in words: address, node (h here, t there), state (r ready, l last resort, n not).
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1hr 2tr     | cluster | internal       | 1 2
                    1hr 2tn     | cluster | internal       | 1
                    1hn 2tn     | cluster | internal       | refuse
                    1hl 2tn     | cluster | internal       | 1
                    1hl 2tr     | cluster | internal       | 2
                    1hr 2tr     | local   | internal       | 1
                    2tr         | local   | internal       | drop
                    2tn         | local   | internal       | refuse
                    1hr 2tr     | cluster | external       | 1 2
                    1hr 2tr     | local   | external       | 1
                    1hl 2tr     | local   | external       | 1
                    2tr         | local   | external       | drop
                    2tn         | local   | external       | refuse
                    2tr         | local   | inside         | 2
                    """)
    void choosesEligibleEndpoints(String backends, String policy, String way, String expected) {
        boolean isLocal = policy.equals("local");
        var service =
                new ServiceView(
                        "n",
                        "s",
                        List.of("10.96.0.1"),
                        List.of(new ServiceView.Port("p", "tcp", 80, 0)),
                        new ServiceView.Outside(
                                List.of("192.0.2.1"), List.of("192.0.2.2"), List.of(), isLocal, 0),
                        isLocal,
                        Optional.empty());
        SortedMap<Frontend, ServiceAction> actions =
                Balancing.of(service, List.of(slice(backends)), Family.IP4, HERE);
        var scope = way.equals("inside") ? Frontend.Scope.INSIDE : Frontend.Scope.ANYONE;
        List<String> addresses =
                way.equals("internal") ? List.of("10.96.0.1") : List.of("192.0.2.1", "192.0.2.2");
        for (String address : addresses) {
            assertThat(text(actions.get(new Frontend(scope, address, "tcp", 80))))
                    .isEqualTo(expected);
        }
    }

    /**
     * As above, and for whom the backend is meant: zone (e our own, w another), then node (h, t).
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1hr:e 2tr:w         | 1
                    1tr:e 2tr:e 3tr:w   | 1 2
                    1tr:w 2tr:w         | 1 2
                    1hr:e 2tr           | 1 2
                    1hn:e 2tr:w         | 2
                    1hl:e 2tr:w         | 2
                    1hl:e 2tl:w         | 1 2
                    1hr:eh 2tr:et 3tr:w | 1 2
                    1hr:eh 2tr:et       | 1
                    1hn:eh 2tr:et 3tr:wt | 2
                    1tr:wt 2tr:wt       | 1 2
                    """)
    void prefersBackendsThatAreMeantForTheNodeThenForItsZone(String backends, String expected) {
        var service =
                new ServiceView(
                        "n",
                        "s",
                        List.of("10.96.0.1"),
                        List.of(new ServiceView.Port("p", "tcp", 80, 0)),
                        ServiceView.Outside.NONE,
                        false,
                        Optional.empty());
        assertThat(Balancing.of(service, List.of(slice(backends)), Family.IP4, HERE).values())
                .extracting(BalancingTest::text)
                .containsExactly(expected);
    }

    @Test
    void ignoresTheOtherFamilyAndPortsOfOtherNames() {
        var service =
                new ServiceView(
                        "n",
                        "s",
                        List.of("10.96.0.1"),
                        List.of(new ServiceView.Port("other", "tcp", 81, 0)),
                        ServiceView.Outside.NONE,
                        false,
                        Optional.empty());
        assertThat(Balancing.of(service, List.of(slice("1hr")), Family.IP6, HERE)).isEmpty();
        assertThat(Balancing.of(service, List.of(slice("1hr")), Family.IP4, HERE).values())
                .containsExactly(new ServiceAction.Refuse());
    }

    private static SliceView slice(String words) {
        List<SliceView.Backend> backends = new ArrayList<>();
        for (String word : words.split(" ")) {
            char state = word.charAt(2);
            backends.add(
                    new SliceView.Backend(
                            word.substring(0, 1),
                            word.charAt(1) == 'h' ? "here" : "there",
                            state == 'r',
                            state != 'n',
                            state == 'l',
                            hints(word.substring(3))));
        }
        return new SliceView(
                "n", "s", Family.IP4, List.of(new SliceView.Port("p", "tcp", 8080)), backends);
    }

    private static SliceView.Hints hints(String letters) {
        if (letters.isEmpty()) {
            return SliceView.Hints.NONE;
        }
        Set<String> zones = Set.of(letters.charAt(1) == 'e' ? "east" : "west");
        return letters.length() == 2
                ? new SliceView.Hints(zones, Set.of())
                : new SliceView.Hints(zones, Set.of(letters.charAt(2) == 'h' ? "here" : "there"));
    }

    private static String text(ServiceAction action) {
        return switch (action) {
            case ServiceAction.Balance balance ->
                    String.join(
                            " ",
                            balance.endpoints().stream()
                                    .map(ServiceAction.Endpoint::address)
                                    .toList());
            case ServiceAction.Refuse _ -> "refuse";
            case ServiceAction.Drop _ -> "drop";
        };
    }
}
