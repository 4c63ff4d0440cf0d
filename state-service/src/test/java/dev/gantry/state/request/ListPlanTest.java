package dev.gantry.state.request;

import static dev.gantry.state.request.Calls.accepted;
import static dev.gantry.state.request.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.listing.ContinueToken;
import dev.gantry.state.request.ListPlan.Source;
import org.junit.jupiter.api.Test;

class ListPlanTest {
    private static final String PODS = "/api/v1/namespaces/a/pods";
    private static final Revision SEVEN = new Revision(7);

    private final Calls calls = new Calls();

    private ListPlan plan(String path, String query) {
        return accepted(ListPlan.of(calls.get(path, query)));
    }

    @Test
    void aRevisionIsAtLeastOrWithALimitExactlyWhatIsMeant() {
        assertThat(plan(PODS, "").source()).isEqualTo(new Source.All(Revision.NONE));
        assertThat(plan(PODS, "resourceVersion=7").source()).isEqualTo(new Source.All(SEVEN));
        assertThat(plan(PODS, "resourceVersion=7&limit=5").source())
                .isInstanceOf(Source.Exact.class);
        assertThat(plan(PODS, "resourceVersion=7&resourceVersionMatch=Exact").source())
                .isEqualTo(
                        new Source.Exact(
                                SEVEN,
                                SEVEN,
                                new Refusal.Expired(
                                        "The resourceVersion for the provided list is too old.")));
        assertThat(
                        plan(PODS, "resourceVersion=7&limit=5&resourceVersionMatch=NotOlderThan")
                                .source())
                .isEqualTo(new Source.All(SEVEN));
    }

    @Test
    void anIndexIsUsedUnlessLaterPagesAreCutFromTheSame() {
        String ofNode = "fieldSelector=spec.nodeName%3Dn1";
        assertThat(plan(PODS, ofNode).source())
                .isEqualTo(new Source.Indexed(Revision.NONE, "spec.nodeName", "n1"));
        assertThat(plan(PODS, ofNode + "&limit=5").source())
                .isEqualTo(new Source.All(Revision.NONE));
        assertThat(plan(PODS, "fieldSelector=metadata.name%3Dp").source())
                .isEqualTo(new Source.Named(Revision.NONE, "p"));
        assertThat(plan("/api/v1/pods", "fieldSelector=metadata.name%3Dp").source())
                .as("of several namespaces")
                .isEqualTo(new Source.All(Revision.NONE));
        assertThat(plan(PODS, "fieldSelector=metadata.name!%3Dp").source())
                .isEqualTo(new Source.All(Revision.NONE));
    }

    @Test
    void aLaterPageGoesOnAtItsRevision() {
        String token = new ContinueToken(SEVEN, "a/p").encode();
        ListPlan plan = plan(PODS, "limit=5&continue=" + token);
        assertThat(plan.lastPath()).isEqualTo("a/p");
        assertThat(plan.source())
                .isEqualTo(
                        new Source.Exact(
                                Revision.NONE,
                                SEVEN,
                                new Refusal.ExpiredList(
                                        new ContinueToken(Revision.NONE, "a/p").encode())));
        String inconsistent = new ContinueToken(Revision.NONE, "a/p").encode();
        assertThat(plan(PODS, "continue=" + inconsistent).source())
                .isEqualTo(new Source.All(Revision.NONE));
    }

    @Test
    void aLaterPageHasNoRevisionOfItsOwnAndAKnownToken() {
        String token = new ContinueToken(SEVEN, "a/p").encode();
        assertThat(refused(ListPlan.of(calls.get(PODS, "resourceVersion=7&continue=" + token))))
                .isInstanceOf(Refusal.BadRequest.class);
        assertThat(refused(ListPlan.of(calls.get(PODS, "continue=x"))).message())
                .isEqualTo(
                        "invalid continue token: continue key is not valid: illegal base64 data at"
                                + " input byte 0");
        assertThat(refused(ListPlan.of(calls.get(PODS, "continue=ab!d"))).message())
                .endsWith("illegal base64 data at input byte 2");
        assertThat(refused(ListPlan.of(calls.get(PODS, "continue=abcd"))).message())
                .endsWith("encoding is not known");
    }
}
