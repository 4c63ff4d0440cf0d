package dev.gantry.client.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.election.Election.Move;
import dev.gantry.client.election.Election.Sight;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ElectionTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private final Election me = new Election("kube-system", "kube-scheduler", "me");
    private final Election other = new Election("kube-system", "kube-scheduler", "other");
    private final Election third = new Election("kube-system", "kube-scheduler", "third");

    @Test
    void makesTheLeaseWhereThereIsNone() {
        var create = (Move.Create) me.next(new Sight(Optional.empty(), NOON), NOON, NOON);

        assertThat(create.lease().spec().path("holderIdentity").asString("")).isEqualTo("me");
        assertThat(create.lease().spec().path("renewTime").asString(""))
                .isEqualTo("2026-01-01T12:00:00.000000Z");
    }

    @Test
    void takesAReleasedLeaseAtOnce() {
        var put = (Move.Put) me.next(seen("", 3600), NOON, NOON);

        assertThat(put.lease().spec().path("holderIdentity").asString("")).isEqualTo("me");
        assertThat(put.lease().spec().path("leaseTransitions").asInt(0)).isEqualTo(5);
    }

    @Test
    void respectsAHolderForAsLongAsItSaidWhoeverItIs() {
        Sight foreign = seen("a-benchmark", 3600);

        assertThat(me.next(foreign, NOON.plusSeconds(3599), NOON.plusSeconds(3599)))
                .isInstanceOf(Move.Wait.class);
        assertThat(me.next(foreign, NOON.plusSeconds(3600), NOON.plusSeconds(3600)))
                .isInstanceOf(Move.Put.class);
    }

    @Test
    void aLeaderThatDiedIsAskedAndReplacedWithinTwoSeconds() {
        Sight last = at(NOON, lease(me.next(seen("", 1), NOON, NOON)));

        assertThat(other.next(last, NOON, NOON)).isEqualTo(new Move.Wait(NOON.plusMillis(500)));
        Sight asked = at(NOON.plusMillis(500), asked(last));
        assertThat(holder(asked)).isEqualTo("me");
        assertThat(third.next(asked, NOON.plusMillis(600), NOON))
                .as("one question is enough")
                .isEqualTo(new Move.Wait(NOON.plusMillis(1500)));
        Resource taken = lease(other.next(asked, NOON.plusMillis(1500), NOON));
        assertThat(holder(at(NOON, taken))).isEqualTo("other");
    }

    @Test
    void aLeaderThatIsAskedRenewsAtOnceAndIsAskedAnewLater() {
        Sight asked = at(NOON, asked(at(NOON, lease(me.next(seen("", 1), NOON, NOON)))));

        Sight answered = at(NOON, lease(me.next(asked, NOON, NOON.plusSeconds(9))));
        assertThat(answered.lease().orElseThrow().spec().path("renewTime").asString(""))
                .isEqualTo("2026-01-01T12:00:09.000000Z");
        assertThat(me.next(answered, NOON, NOON)).isEqualTo(new Move.Wait(NOON.plusSeconds(5)));
        assertThat(other.next(answered, NOON, NOON)).isEqualTo(new Move.Wait(NOON.plusMillis(500)));
    }

    /** Somebody wrote a name over that of a leader which would answer. */
    @Test
    void whoNeverSaidThatItAnswersIsNotAsked() {
        Resource taken = lease(me.next(seen("", 1), NOON, NOON));
        Resource.child(taken.tree(), "spec")
                .put("holderIdentity", "a-benchmark")
                .put("leaseDurationSeconds", 3600);

        assertThat(other.next(at(NOON, taken), NOON.plusSeconds(3), NOON))
                .isEqualTo(new Move.Wait(NOON.plusSeconds(3600)));
    }

    @Test
    void aWallClockThatJumpsNeitherDelaysARenewalNorATakeover() {
        Instant back = NOON.minusSeconds(3600);
        var renewal = (Move.Put) me.next(seen("me", 1), NOON.plusSeconds(5), back);
        assertThat(renewal.lease().spec().path("renewTime").asString(""))
                .as("others are told what the wall says")
                .isEqualTo("2026-01-01T11:00:00.000000Z");

        assertThat(me.next(seen("dead", 1), NOON.plusMillis(1500), back))
                .isInstanceOf(Move.Put.class);
    }

    @Test
    void aWallClockThatJumpsAheadTakesTheLeaseFromNobody() {
        Instant ahead = NOON.plusSeconds(3600);
        assertThat(me.next(seen("alive", 1), NOON.plusMillis(900), ahead))
                .isEqualTo(new Move.Wait(NOON.plusMillis(1000)));
        assertThat(me.next(seen("me", 1), NOON.plusMillis(100), ahead))
                .isEqualTo(new Move.Wait(NOON.plusSeconds(5)));
    }

    @Test
    void renewsWellBeforeTheEndAndKeepsTheTerm() {
        Sight mine = seen("me", 15);

        assertThat(me.next(mine, NOON, NOON)).isEqualTo(new Move.Wait(NOON.plusSeconds(5)));
        Resource renewed = lease(me.next(mine, NOON.plusSeconds(5), NOON.plusSeconds(5)));
        assertThat(renewed.spec().path("leaseTransitions").asInt(0)).isEqualTo(4);
        assertThat(renewed.spec().path("leaseDurationSeconds").asInt(0)).isEqualTo(15);
        assertThat(renewed.revision().value()).isEqualTo(7);
    }

    @Test
    void givesAwayOnlyItsOwn() {
        assertThat(me.released(seen("other", 1), NOON)).isEmpty();
        assertThat(
                        me.released(seen("me", 1), NOON)
                                .orElseThrow()
                                .spec()
                                .path("holderIdentity")
                                .asString("?"))
                .isEmpty();
        assertThat(me.isHeldByAnother(seen("", 1))).isFalse();
        assertThat(me.isHeldByAnother(seen("other", 1))).isTrue();
    }

    private Resource asked(Sight last) {
        return lease(other.next(last, last.at().plusMillis(500), NOON));
    }

    private static Resource lease(Move move) {
        return ((Move.Put) move).lease();
    }

    private static Sight at(Instant when, Resource lease) {
        return new Sight(Optional.of(lease), when);
    }

    private static String holder(Sight sight) {
        return Resource.text(sight.lease().orElseThrow().spec(), "holderIdentity");
    }

    private static Sight seen(String holder, int seconds) {
        Resource lease =
                object(
                        """
                        {'apiVersion':'coordination.k8s.io/v1','kind':'Lease',
                         'metadata':{'name':'kube-scheduler','namespace':'kube-system',
                           'resourceVersion':'7'},
                         'spec':{'holderIdentity':'%s','leaseDurationSeconds':%d,
                           'leaseTransitions':4,'acquireTime':'2026-01-01T11:00:00.000000Z'}}
                        """
                                .formatted(holder, seconds));
        return new Sight(Optional.of(lease), NOON);
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
