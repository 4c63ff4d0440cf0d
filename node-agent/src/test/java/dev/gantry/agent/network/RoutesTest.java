package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RoutesTest {
    private static final NodeView SELF =
            new NodeView("a", List.of("10.244.0.0/24"), List.of("10.89.0.2"), "", true);
    private static final NodeView OTHER =
            new NodeView(
                    "b",
                    List.of("10.244.1.0/24", "fd00:10:244:1::/64"),
                    List.of("10.89.0.3", "fd00:89::3"),
                    "",
                    true);
    private static final NodeView NEWBORN =
            new NodeView("c", List.of(), List.of("10.89.0.4"), "", true);

    @Test
    void leadToTheOtherNodesInTheirFamily() {
        Routes routes = Routes.of(List.of(SELF, OTHER, NEWBORN), "a");
        assertThat(routes.batch(Routes.parse(""), Family.IP4))
                .isEqualTo("route replace 10.244.1.0/24 via 10.89.0.3 proto 71\n");
        assertThat(routes.batch(Routes.parse(""), Family.IP6))
                .isEqualTo("route replace fd00:10:244:1::/64 via fd00:89::3 proto 71\n");
    }

    @Test
    void onlyWhatTheKernelLacksIsAddedAndWhatIsStaleGoes() {
        Routes kernel =
                Routes.parse(
                        """
                        10.244.1.0/24 via 10.89.0.3 dev eth0
                        10.244.9.0/24 via 10.89.0.9 dev eth0
                        """);
        Routes wanted = Routes.of(List.of(SELF, OTHER), "a");
        assertThat(wanted.batch(kernel, Family.IP4))
                .isEqualTo("route del 10.244.9.0/24 proto 71\n");
    }
}
