package dev.gantry.state.request;

import static dev.gantry.state.request.Calls.accepted;
import static dev.gantry.state.request.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchPlanTest {
    private static final String PODS = "/api/v1/namespaces/a/pods";

    private final Calls calls = new Calls();

    private WatchPlan plan(String query) {
        return accepted(WatchPlan.of(calls.get(PODS, "watch=1" + query)));
    }

    @Test
    void beginsWithWhatThereIsUnlessTheClientHasSeenARevision() {
        assertThat(plan("").sendsInitial()).isTrue();
        assertThat(plan("&resourceVersion=0").sendsInitial()).isTrue();
        assertThat(plan("&resourceVersion=7").sendsInitial()).isFalse();
        assertThat(plan("&resourceVersion=7").revision()).isEqualTo(new Revision(7));
    }

    @Test
    void aBookmarkClosesTheInitialObjectsWhereTheyWereAskedFor() {
        String asked =
                "&sendInitialEvents=true&allowWatchBookmarks=true"
                        + "&resourceVersionMatch=NotOlderThan&resourceVersion=7";
        assertThat(plan(asked).sendsInitial()).isTrue();
        assertThat(plan(asked).closesInitial()).isTrue();
        assertThat(plan("").closesInitial()).as("nobody asked").isFalse();
        assertThat(refused(WatchPlan.of(calls.get(PODS, "watch=1&sendInitialEvents=true"))))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void lastsAsLongAsTheClientWantsAndNoTimeMeansTheServersOwn() {
        assertThat(plan("&timeoutSeconds=5").timeout()).hasValue(Duration.ofSeconds(5));
        assertThat(plan("&timeoutSeconds=0").timeout()).isEmpty();
        assertThat(plan("").timeout()).isEmpty();
    }

    @Test
    void selectsByFieldsThatTheKindKnows() {
        WatchPlan named =
                accepted(WatchPlan.of(calls.get(PODS, "watch=1&fieldSelector=metadata.name%3Dp")));
        assertThat(named.selection().fields().terms()).hasSize(1);
        assertThat(refused(WatchPlan.of(calls.get(PODS, "watch=1&fieldSelector=spec.color%3Dx"))))
                .isInstanceOf(Refusal.BadRequest.class);
    }
}
