package dev.gantry.controller.storage.ephemeralvolume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;

final class EphemeralVolumeControllerTest {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey SCRATCH = new ObjectKey(CLAIMS, "default", "web-scratch");

    private final SimulatedApi api = new SimulatedApi(new EphemeralVolumeController());

    @Test
    void makesAClaimThatThePodOwns() {
        Resource pod = pod();
        api.settle();

        Resource claim = api.get(SCRATCH).orElseThrow();
        assertThat(claim.controller().orElseThrow().uid()).isEqualTo(pod.uid());
        assertThat(claim.controller().orElseThrow().kind()).isEqualTo("Pod");
        assertThat(claim.labels()).containsEntry("use", "scratch");
        assertThat(claim.spec().path("resources").path("requests").path("storage").asString())
                .isEqualTo("1Gi");
    }

    @Test
    void makesItAgainWhenItVanishesAndNoneForAPodThatGoes() {
        Resource pod = pod();
        api.settle();
        api.drop(SCRATCH);
        api.settle();
        assertThat(api.get(SCRATCH)).isPresent();

        Resource going = api.get(pod.key(PODS)).orElseThrow().copy();
        going.mutableMetadata().put("deletionTimestamp", api.now().toString());
        api.update(PODS, withFinalizer(going));
        api.drop(SCRATCH);
        api.settle();
        assertThat(api.get(SCRATCH)).isEmpty();
    }

    @Test
    void neverUsesAClaimThatBelongsToSomebodyElse() {
        api.create(
                CLAIMS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolumeClaim',
                         'metadata':{'name':'web-scratch','namespace':'default'},'spec':{}}
                        """));
        pod();
        api.settle();

        assertThat(api.get(SCRATCH).orElseThrow().owners()).isEmpty();
        assertThat(api.told())
                .contains(
                        "FailedBinding: ephemeral volume scratch: PVC default/web-scratch was not"
                                + " created for pod default/web (pod is not owner)");
    }

    private static Resource withFinalizer(Resource pod) {
        pod.mutableMetadata().putArray("finalizers").add("example.com/wait");
        return pod;
    }

    private Resource pod() {
        return api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'web','namespace':'default'},
                         'spec':{'volumes':[{'name':'tmp','emptyDir':{}},{'name':'scratch',
                          'ephemeral':{'volumeClaimTemplate':{'metadata':{'labels':{'use':'scratch'}},
                          'spec':{'resources':{'requests':{'storage':'1Gi'}}}}}}]},'status':{}}
                        """));
    }
}
