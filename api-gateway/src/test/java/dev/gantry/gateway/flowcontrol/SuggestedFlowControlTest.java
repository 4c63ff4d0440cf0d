package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Resources;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestedFlowControlTest {
    private static final FlowControl FLOW = SuggestedFlowControl.of();
    private static final Access PODS = Access.resource("list", Resources.PODS, "", "", "");
    private static final Access LEASE =
            Access.resource("update", Resources.LEASES, "", "kube-system", "l");
    private static final Access STATUS =
            Access.resource("patch", Resources.NODES, "status", "", "n1");

    @ParameterizedTest
    @CsvSource({
        "admin, system:masters, exempt, exempt",
        "system:node:n1, system:nodes, system, node-high",
        "system:kube-scheduler, system:authenticated, workload-high, leader-election",
        "system:gantry:monitoring, system:authenticated, workload-high, leader-election",
        "x, system:serviceaccounts:kube-system, workload-high, leader-election",
        "x, system:serviceaccounts, workload-low, workload-low",
        "jane, system:authenticated, global-default, global-default",
        "system:anonymous, system:unauthenticated, catch-all, catch-all"
    })
    void leadsCallersToTheirLevels(String user, String group, String usual, String forLeases) {
        Caller caller = caller(user, group);
        assertThat(FLOW.levelOf(caller, PODS).name()).isEqualTo(usual);
        assertThat(FLOW.levelOf(caller).name()).isEqualTo(usual);
        assertThat(FLOW.levelOf(caller, LEASE).name()).isEqualTo(forLeases);
    }

    @Test
    void nodesReportTheirStatusBesideWhatElseTheyAsk() {
        Caller node = caller("system:node:n1", "system:nodes");
        assertThat(FLOW.levelOf(node, STATUS).name()).isEqualTo("node-high");
        assertThat(FLOW.levelOf(caller("jane", "dev"), STATUS).name()).isEqualTo("catch-all");
    }

    @Test
    void probesOfAnybodyAreExempt() {
        Caller anonymous = caller("system:anonymous", "system:unauthenticated");
        for (String path : new String[] {"/readyz", "/livez/ping", "/healthz"}) {
            assertThat(FLOW.levelOf(anonymous, Access.path("get", path)).isExempt()).isTrue();
        }
        assertThat(FLOW.levelOf(anonymous, Access.path("get", "/version")).name())
                .isEqualTo("catch-all");
    }

    @Test
    void levelsShareAllSeatsAndAllMemory() {
        assertThat(FLOW.levels()).hasSize(8);
        int seats = FLOW.levels().stream().mapToInt(each -> seats(each)).sum();
        assertThat(seats).isBetween(780, 800);
        long memory = FLOW.levels().stream().mapToLong(each -> FLOW.partOf(3650, each)).sum();
        assertThat(memory).isEqualTo(3650);
        assertThat(FLOW.seats(FLOW.lowest(), false)).isEqualTo(6);
    }

    private static int seats(PriorityLevel level) {
        return level.isExempt() ? 0 : FLOW.seats(level, true);
    }

    private static Caller caller(String user, String group) {
        return new Caller(user, "", List.of(group), new TreeMap<>());
    }
}
