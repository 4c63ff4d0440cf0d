package dev.gantry.gateway.shell.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.flowcontrol.FlowControl;
import dev.gantry.gateway.flowcontrol.FlowSchema;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LimiterTest {
    private static final Access PODS = Access.resource("list", Resources.PODS, "", "y", "");
    private static final Caller JANE =
            new Caller("jane", "", List.of("system:authenticated"), new TreeMap<>());
    private static final Caller ADMIN =
            new Caller("admin", "", List.of("system:masters"), new TreeMap<>());
    private static final Caller NOBODY = new Caller("nobody", "", List.of(), new TreeMap<>());

    private final Limiter limiter = new Limiter(240, FlowControl.bootstrap(), () -> 0);

    @Test
    void aLevelThatIsAskedForMoreBorrowsItFromTheIdle() {
        RequestClass janes = limiter.classify(JANE, PODS);
        int before = janes.seats().limit();
        List<Seat> held = fill(janes);
        assertThat(held).hasSize(before);
        // Somebody else wants ten more, in vain.
        for (int i = 0; i < 10; i++) {
            assertThat(limiter.enterInTurn(janes, 1, JANE, PODS, Duration.ZERO)).isEmpty();
        }
        limiter.adjust();
        assertThat(janes.seats().limit()).isGreaterThan(before);
        int sum = limiter.levels().values().stream().mapToInt(each -> each.seats().limit()).sum();
        assertThat(sum).isLessThanOrEqualTo(240 + limiter.levels().size());
    }

    @Test
    void theExemptNeverWait() {
        RequestClass masters = limiter.classify(ADMIN, PODS);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.enterAtOnce(masters, 10)).isPresent();
        }
        assertThat(masters.counts().executing()).isEqualTo(1_000);
    }

    @Test
    void aLevelThatRejectsLetsNobodyWait() {
        RequestClass caught = limiter.classify(NOBODY, PODS);
        List<Seat> held = fill(caught);
        assertThat(limiter.enterInTurn(caught, 1, NOBODY, PODS, Duration.ofMinutes(1))).isEmpty();
        assertThat(caught.counts().rejected(RequestCounts.Rejection.CONCURRENCY_LIMIT)).isOne();
        held.forEach(Seat::close);
        held.forEach(Seat::close);
        assertThat(caught.seats().taken()).isZero();
        assertThat(caught.counts().executing()).isZero();
        assertThat(caught.counts().seats()).isZero();
    }

    @Test
    void aNewConfigurationLeavesEverybodyTheirSeats() {
        RequestClass before = limiter.classify(JANE, PODS);
        Seat seat = limiter.enterAtOnce(before, 1).orElseThrow();
        List<Resource> schemas = new ArrayList<>(BootstrapFlowControl.schemas());
        schemas.removeIf(each -> each.name().equals("probes"));
        limiter.configure(FlowControl.of(BootstrapFlowControl.levels(), schemas));
        RequestClass after = limiter.classify(JANE, PODS);
        assertThat(after.seats()).isSameAs(before.seats());
        assertThat(after.counts().executing()).isOne();
        seat.close();
        assertThat(after.seats().taken()).isZero();
        assertThat(limiter.classes().stream().map(each -> each.schema().name()))
                .doesNotContain("probes")
                .hasSize(schemas.size());
    }

    @Test
    void metricsSayWhatIsTakenAndWhatIsLeft() {
        RequestClass janes = limiter.classify(JANE, PODS);
        assertThat(limiter.enterAtOnce(janes, 4)).isPresent();
        StringBuilder text = new StringBuilder();
        new FlowControlMetrics(limiter).append(text);
        String labels = "{flow_schema=\"global-default\",priority_level=\"global-default\"} ";
        assertThat(text.toString().lines())
                .contains(
                        "apiserver_flowcontrol_dispatched_requests_total" + labels + 1,
                        "apiserver_flowcontrol_current_executing_requests" + labels + 1,
                        "apiserver_flowcontrol_current_executing_seats" + labels + 4,
                        "apiserver_flowcontrol_nominal_limit_seats"
                                + "{priority_level=\"global-default\"} 20");
        assertThat(new FlowControlDump(limiter).text("/debug/other", Query.EMPTY)).isEmpty();
        assertThat(
                        new FlowControlDump(limiter)
                                .text(
                                        "/debug/api_priority_and_fairness/dump_priority_levels",
                                        Query.EMPTY)
                                .orElseThrow())
                .startsWith("PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing, Waiting")
                .contains(
                        "global-default,    0,            false,  false,       0,              "
                                + " 1,                 1,                  0,                0,"
                                + "                0\n");
    }

    private List<Seat> fill(RequestClass of) {
        List<Seat> held = new ArrayList<>();
        Optional<Seat> next = limiter.enterAtOnce(of, 1);
        while (next.isPresent()) {
            held.add(next.get());
            next = limiter.enterAtOnce(of, 1);
        }
        return held;
    }

    @Test
    void knowsTheSchemasInOrder() {
        assertThat(limiter.classes().stream().map(RequestClass::schema).map(FlowSchema::name))
                .startsWith("exempt", "probes")
                .endsWith("global-default", "catch-all");
    }
}
