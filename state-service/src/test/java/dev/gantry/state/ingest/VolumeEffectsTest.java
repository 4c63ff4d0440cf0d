package dev.gantry.state.ingest;

import static dev.gantry.state.ingest.IngestWorld.placed;
import static dev.gantry.state.ingest.IngestWorld.word;
import static dev.gantry.state.log.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeEffectsTest {
    private static final String CLAIM =
            """
            {'apiVersion':'v1','kind':'PersistentVolumeClaim',
             'metadata':{'name':'data','namespace':'default','uid':'claim-uid'},
             'spec':{'accessModes':['ReadWriteOnce']},'status':{'phase':'Pending'}}
            """;
    private static final String VOLUME =
            """
            {'apiVersion':'v1','kind':'PersistentVolume',
             'metadata':{'name':'v1','uid':'volume-uid'},
             'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'5Gi'}},
             'status':{'phase':'Available'}}
            """;

    private final IngestWorld world = new IngestWorld();

    @Test
    void bindsVolumeClaimAndPodInOneGroup() {
        world.store(Kinds.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        world.store(Kinds.PERSISTENT_VOLUME, VOLUME, 6);

        Map<String, Resource> written = world.committed(placed(bind(5, 6)));

        Resource volume = written.get("v1");
        assertThat(volume.spec().at("/claimRef/uid").asString()).isEqualTo("claim-uid");
        assertThat(volume.status().path("phase").asString()).isEqualTo("Bound");
        assertThat(volume.status().path("lastPhaseTransitionTime").asString())
                .isEqualTo(Conditions.timestamp(NOON));
        assertThat(volume.annotations())
                .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
        Resource claim = written.get("data");
        assertThat(claim.spec().path("volumeName").asString()).isEqualTo("v1");
        assertThat(claim.status().at("/capacity/storage").asString()).isEqualTo("5Gi");
        assertThat(claim.annotations())
                .containsEntry("pv.kubernetes.io/bind-completed", "yes")
                .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
        assertThat(written.get("web").spec().path("nodeName").asString()).isEqualTo("node-a");
    }

    @Test
    void whereAnEffectIsStaleNothingOfTheBindingIsCommitted() {
        world.store(Kinds.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        world.store(Kinds.PERSISTENT_VOLUME, VOLUME, 6);

        assertThat(world.refusal(placed(bind(4, 6))))
                .isEqualTo("persistentvolumeclaim default/data has changed since revision 4");
        assertThat(world.refusal(placed(bind(5, 3))))
                .isEqualTo("persistentvolume v1 has changed since revision 3");
        world.store(Kinds.PERSISTENT_VOLUME, VOLUME.replace("volume-uid", "another"), 6);
        assertThat(world.refusal(placed(bind(5, 6)))).isEqualTo("persistentvolume v1 is no more");
    }

    @Test
    void aVolumeOfAnotherClaimIsNotGivenAway() {
        world.store(Kinds.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        String ref = "'claimRef':{'namespace':'default','name':'other','uid':'x'},";
        world.store(Kinds.PERSISTENT_VOLUME, VOLUME.replace("'spec':{", "'spec':{" + ref), 6);

        assertThat(world.refusal(placed(bind(5, 6)))).isEqualTo("persistentvolume v1 is taken");
    }

    @Test
    void aVolumeThatTheClaimHasAlreadyIsNoObstacle() {
        world.store(Kinds.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        world.store(Kinds.PERSISTENT_VOLUME, VOLUME, 6);
        Map<String, Resource> written = world.committed(placed(bind(5, 6)));
        world.store(Kinds.PERSISTENT_VOLUME_CLAIM, written.get("data").tree().toString(), 9);
        world.store(Kinds.PERSISTENT_VOLUME, written.get("v1").tree().toString(), 9);

        assertThat(world.committed(placed(bind(5, 6)))).containsOnlyKeys("web");
    }

    @Test
    void aPreparationTellsTheClaimItsNodeAndDoesNotBindThePod() {
        world.store(Kinds.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        var select = new Effect.SelectNode(claimTarget(5), "node-a");

        Map<String, Resource> written =
                world.committed(word("", select).nominating("node-a", List.of()));

        assertThat(written.get("data").annotations())
                .containsEntry("volume.kubernetes.io/selected-node", "node-a");
        assertThat(written.get("web").spec().has("nodeName")).isFalse();
        assertThat(written.get("web").status().path("nominatedNodeName").asString())
                .isEqualTo("node-a");
        assertThat(written.get("web").status().has("conditions")).isFalse();
    }

    static Effect.BindVolume bind(long claim, long volume) {
        var target = new Target("", "v1", new Uid("volume-uid"), new Revision(volume));
        return new Effect.BindVolume(claimTarget(claim), target);
    }

    static Target claimTarget(long revision) {
        return new Target("default", "data", new Uid("claim-uid"), new Revision(revision));
    }
}
