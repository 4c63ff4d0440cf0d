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

        assertThat(me.next(foreign, NOON.plusSeconds(3600), NOON.plusSeconds(3600)))
                .isInstanceOf(Move.Wait.class);
        assertThat(me.next(foreign, NOON.plusSeconds(3601), NOON.plusSeconds(3601)))
                .isInstanceOf(Move.Put.class);
    }

    @Test
    void aLeaderThatDiedIsReplacedWithinTwoSeconds() {
        Resource taken = ((Move.Put) me.next(seen("", 1), NOON, NOON)).lease();
        var other = new Election("kube-system", "kube-scheduler", "other");
        var sight = new Sight(Optional.of(taken), NOON);

        assertThat(other.next(sight, NOON.plusMillis(1000), NOON.plusMillis(1000)))
                .isInstanceOf(Move.Wait.class);
        assertThat(other.next(sight, NOON.plusMillis(1500), NOON.plusMillis(1500)))
                .isInstanceOf(Move.Put.class);
    }

    @Test
    void aWallClockThatJumpsNeitherDelaysARenewalNorATakeover() {
        Instant back = NOON.minusSeconds(3600);
        var renewal = (Move.Put) me.next(seen("me", 1), NOON.plusMillis(300), back);
        assertThat(renewal.lease().spec().path("renewTime").asString(""))
                .as("others are told what the wall says")
                .isEqualTo("2026-01-01T11:00:00.000000Z");

        assertThat(me.next(seen("dead", 1), NOON.plusMillis(1500), back))
                .isInstanceOf(Move.Put.class);
    }

    @Test
    void aWallClockThatJumpsAheadTakesTheLeaseFromNobody() {
        Instant ahead = NOON.plusSeconds(3600);
        assertThat(me.next(seen("alive", 1), NOON.plusMillis(1000), ahead))
                .isEqualTo(new Move.Wait(NOON.plusMillis(1300)));
        assertThat(me.next(seen("me", 1), NOON.plusMillis(100), ahead))
                .isEqualTo(new Move.Wait(NOON.plusMillis(300)));
    }

    @Test
    void renewsWellBeforeTheEndAndKeepsTheTerm() {
        Sight mine = seen("me", 1);

        assertThat(me.next(mine, NOON, NOON)).isEqualTo(new Move.Wait(NOON.plusMillis(300)));
        var put = (Move.Put) me.next(mine, NOON.plusMillis(300), NOON.plusMillis(300));
        assertThat(put.lease().spec().path("leaseTransitions").asInt(0)).isEqualTo(4);
        assertThat(put.lease().revision().value()).isEqualTo(7);
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
