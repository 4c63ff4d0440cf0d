package dev.gantry.state.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.Query;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.registry.option.WriteOptions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DeletionsTest {
    private static final DecisionContext MOMENT =
            new DecisionContext(
                    Instant.parse("2026-11-24T10:00:00Z"),
                    RequestContext.of(Caller.system("test"), "new-uid", 42, WriteOptions.NONE));

    private static Resource object(String metadata, String rest) {
        String json =
                "{\"metadata\":{\"name\":\"x\",\"namespace\":\"ns\",\"uid\":\"u\",\"resourceVersion\":\"7\"%s}%s}"
                        .formatted(metadata, rest);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }

    private static Target target(Kind kind) {
        return Target.stored(
                BuiltinKinds.CATALOG.definition(kind.resource()).orElseThrow(),
                new ObjectKey(kind.resource(), "ns", "x"));
    }

    private static Decision delete(Kind kind, Resource stored, String query) {
        return Deletions.decide(
                target(kind), DeletionOptions.of(Query.parse(query)), stored, MOMENT);
    }

    private static Resource marked(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Commit.class);
        assertThat(((Decision.Commit) decision).removes()).isFalse();
        return ((Decision.Commit) decision).reply();
    }

    @Test
    void objectThatNothingHoldsIsRemovedAtTheRevisionSeen() {
        Decision decision = delete(Kinds.CONFIG_MAP, object("", ""), "");

        Decision.Commit commit = (Decision.Commit) decision;
        assertThat(commit.removes()).isTrue();
        assertThat(commit.change().previous().value()).isEqualTo(7);
    }

    @Test
    void finalizerTurnsARemovalIntoAMark() {
        Resource stored = object(",\"finalizers\":[\"a/b\"],\"generation\":3", "");

        Resource marked = marked(delete(Kinds.REPLICA_SET, stored, ""));

        assertThat(marked.isBeingDeleted()).isTrue();
        assertThat(marked.generation()).isEqualTo(4);
        assertThat(stored.isBeingDeleted()).as("the stored tree is not touched").isFalse();
    }

    @Test
    void secondDeletionOfAMarkedObjectChangesNothing() {
        Resource stored = object(",\"finalizers\":[\"a/b\"]", "");
        Resource marked = stored(marked(delete(Kinds.CONFIG_MAP, stored, "")));

        assertThat(delete(Kinds.CONFIG_MAP, marked, "")).isInstanceOf(Decision.Unchanged.class);
    }

    /** As it is read again from where it was written. */
    private static Resource stored(Resource object) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(object.tree().toString()));
    }

    @Test
    void lastWordOnTheDependentsWins() {
        Resource plain = object("", "");
        Resource orphaning = marked(delete(Kinds.DEPLOYMENT, plain, "propagationPolicy=Orphan"));
        Resource foreground =
                marked(delete(Kinds.DEPLOYMENT, orphaning, "propagationPolicy=Foreground"));
        Decision background = delete(Kinds.DEPLOYMENT, foreground, "propagationPolicy=Background");

        assertThat(orphaning.finalizers()).containsExactly("orphan");
        assertThat(foreground.finalizers()).containsExactly("foregroundDeletion");
        assertThat(((Decision.Commit) background).removes()).isTrue();
    }

    @Test
    void finishedPodNeedsNoGrace() {
        Resource finished =
                object("", ",\"spec\":{\"nodeName\":\"n\"},\"status\":{\"phase\":\"Succeeded\"}");

        Decision decision = delete(Kinds.POD, finished, "gracePeriodSeconds=60");

        assertThat(((Decision.Commit) decision).removes()).isTrue();
    }

    @Test
    void aPodThatGoesAtOnceIsMarkedBeforeAndAMapIsNot() {
        Resource unbound = object(",\"generation\":1", "");

        var pod = (Decision.Commit) delete(Kinds.POD, unbound, "");
        var map = (Decision.Commit) delete(Kinds.CONFIG_MAP, unbound, "");

        assertThat(pod.group()).hasSize(2);
        Resource marked = pod.group().getFirst().object().orElseThrow();
        assertThat(marked.isBeingDeleted()).isTrue();
        assertThat(marked.generation()).isEqualTo(2);
        assertThat(pod.group().getLast()).isEqualTo(pod.change());
        assertThat(map.group()).containsExactly(map.change());
    }

    @Test
    void negativeGraceIsOneSecond() {
        Resource running = object("", ",\"spec\":{\"nodeName\":\"n\"}");

        Resource marked = marked(delete(Kinds.POD, running, "gracePeriodSeconds=-5"));

        assertThat(marked.metadata().path("deletionGracePeriodSeconds").asInt()).isEqualTo(1);
    }

    @Test
    void brokenPreconditionNamesBothUids() {
        DeletionOptions options =
                DeletionOptions.of(
                        JsonMapper.shared().readTree("{\"preconditions\":{\"uid\":\"other\"}}"));

        Decision decision = Deletions.decide(target(Kinds.POD), options, object("", ""), MOMENT);

        assertThat(((Decision.Refuse) decision).why().message())
                .isEqualTo(
                        "Operation cannot be fulfilled on Pod \"x\": the UID in the precondition"
                                + " (other) does not match the UID in record (u). The object might"
                                + " have been deleted and then recreated");
    }
}
