package dev.gantry.controller.node.resourceclaim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollector;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class ResourceClaimControllerTest {
    private static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;
    private static final GroupResource TEMPLATES = Resources.RESOURCE_CLAIM_TEMPLATES;
    private static final GroupResource PODS = Resources.PODS;
    private static final String PROTECTION = "resource.kubernetes.io/delete-protection";

    private final SimulatedApi api =
            new SimulatedApi(new ResourceClaimController(), new GarbageCollector());

    @Test
    void makesAClaimFromItsTemplateAndNamesItInThePodsStatus() {
        template();
        Resource pod = pod("'resourceClaimTemplateName':'gpus'");
        api.settle();

        Resource claim = only();
        assertThat(claim.name()).startsWith("train-gpu-");
        assertThat(claim.controller().orElseThrow().uid()).isEqualTo(pod.uid());
        assertThat(claim.annotations())
                .containsEntry("resource.kubernetes.io/pod-claim-name", "gpu")
                .containsEntry("note", "x");
        assertThat(claim.labels()).containsEntry("team", "ml");
        assertThat(claim.spec().path("devices").path("requests").path(0).path("name").asString())
                .isEqualTo("r");
        var statuses = pod().status().path("resourceClaimStatuses");
        assertThat(statuses).hasSize(1);
        assertThat(statuses.path(0).path("name").asString()).isEqualTo("gpu");
        assertThat(statuses.path(0).path("resourceClaimName").asString()).isEqualTo(claim.name());
    }

    @Test
    void waitsForAMissingTemplate() {
        pod("'resourceClaimTemplateName':'gpus'");
        api.settle();
        assertThat(api.told())
                .contains(
                        "FailedResourceClaimCreation: PodResourceClaim gpu: resource claim template"
                                + " \"gpus\": resourceclaimtemplate.resource.k8s.io \"gpus\" not"
                                + " found");
        template();
        api.settle();

        assertThat(api.list(CLAIMS)).hasSize(1);
    }

    @Test
    void makesNothingForAPodThatNamesItsClaim() {
        pod("'resourceClaimName':'shared'");
        api.settle();

        assertThat(api.list(CLAIMS)).isEmpty();
        assertThat(pod().status().has("resourceClaimStatuses")).isFalse();
    }

    @Test
    void givesBackWhatAFinishedPodHeldAndDeletesWhatWasMadeForIt() {
        template();
        pod("'resourceClaimTemplateName':'gpus'");
        api.settle();
        reserve(only().name());
        api.settle();
        assertThat(only().status().path("allocation").isObject()).isTrue();

        finish("Succeeded");
        api.settle();
        assertThat(api.list(CLAIMS)).isEmpty();
    }

    @Test
    void givesBackWhatAFinishedPodHeldForItsExtendedResources() {
        Resource pod =
                api.create(
                        PODS,
                        SimulatedApi.object(
                                """
                                {'kind':'Pod','metadata':{'name':'train','namespace':'default'},
                                 'spec':{'nodeName':'n'},
                                 'status':{'phase':'Running',
                                   'extendedResourceClaimStatus':{'resourceClaimName':'made'}}}
                                """));
        api.create(
                CLAIMS,
                SimulatedApi.object(
                        """
                        {'kind':'ResourceClaim','metadata':{'name':'made','namespace':'default',
                           'ownerReferences':[{'kind':'Pod','name':'train','uid':'%s','controller':true}]}}
                        """
                                .formatted(pod.uid())));
        reserve("made");
        api.settle();
        assertThat(only().status().path("allocation").isObject()).isTrue();

        finish("Succeeded");
        api.settle();
        assertThat(api.list(CLAIMS)).isEmpty();
    }

    @Test
    void keepsASharedClaimButTakesItsAllocationBack() {
        shared();
        pod("'resourceClaimName':'shared'");
        reserve("shared");
        api.settle();
        assertThat(Reservation.of(only())).hasSize(1);

        api.drop(new ObjectKey(PODS, "default", "train"));
        api.settle();
        assertThat(Reservation.of(only())).isEmpty();
        assertThat(only().status().has("allocation")).isFalse();
    }

    @Test
    void keepsAnAllocationForAsLongAsAnotherPodHoldsIt() {
        shared();
        pod("'resourceClaimName':'shared'");
        Resource other = pod("other", "'resourceClaimName':'shared'");
        reserve("shared");
        Resource both = only().copy();
        api.putStatus(CLAIMS, Reservation.added(both, other));
        finish("Failed");
        api.settle();

        assertThat(Reservation.of(only())).extracting(Reservation::name).containsExactly("other");
        assertThat(only().status().path("allocation").isObject()).isTrue();
    }

    @Test
    void freesANamesakesReservation() {
        shared();
        Resource first = pod("'resourceClaimName':'shared'");
        reserve("shared");
        api.drop(first.key(PODS));
        pod("'resourceClaimName':'shared'");
        api.settle();

        assertThat(Reservation.of(only())).isEmpty();
    }

    @Test
    void letsADeletedClaimGoOnlyWhenNobodyHoldsIt() {
        shared();
        pod("'resourceClaimName':'shared'");
        reserve("shared");
        api.delete(new ObjectKey(CLAIMS, "default", "shared"), "Background");
        api.settle();
        assertThat(only().isBeingDeleted()).isTrue();
        assertThat(only().status().path("allocation").isObject()).isTrue();

        finish("Succeeded");
        api.settle();
        assertThat(api.list(CLAIMS)).isEmpty();
    }

    @Test
    void deletesTheClaimOfAPodThatIsGone() {
        template();
        Resource pod = pod("'resourceClaimTemplateName':'gpus'");
        api.settle();
        api.drop(pod.key(PODS));
        api.settle();

        assertThat(api.list(CLAIMS)).isEmpty();
    }

    @Test
    void reservesForAPodThatWasPutOnANodeByHand() {
        shared();
        Resource claim = only().copy();
        Resource.child(claim.tree(), "status").putObject("allocation");
        api.putStatus(CLAIMS, claim);
        Resource bound = pod("'resourceClaimName':'shared'").copy();
        Resource.child(bound.tree(), "spec").put("nodeName", "n1");
        api.update(PODS, bound);
        api.settle();

        assertThat(Reservation.of(only())).extracting(Reservation::name).containsExactly("train");
    }

    @ParameterizedTest
    @CsvSource({
        "web, gpu, web-gpu-",
        "a-pod-with-a-name-of-sixty-characters-that-goes-on-and-on-xx, accelerator,"
                + " a-pod-with-a-name-of-sixty-characters-that-goes-accelera-"
    })
    void cutsBothPartsOfALongName(String pod, String entry, String prefix) {
        assertThat(ResourceClaimNames.prefix(pod, entry))
                .isEqualTo(prefix)
                .hasSizeLessThanOrEqualTo(58);
    }

    private void template() {
        api.create(
                TEMPLATES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaimTemplate',
                         'metadata':{'name':'gpus','namespace':'default'},
                         'spec':{'metadata':{'labels':{'team':'ml'},'annotations':{'note':'x'}},
                         'spec':{'devices':{'requests':[{'name':'r'}]}}}}
                        """));
    }

    private void shared() {
        api.create(
                CLAIMS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim',
                         'metadata':{'name':'shared','namespace':'default'},'spec':{},'status':{}}
                        """));
    }

    private Resource pod(String source) {
        return pod("train", source);
    }

    private Resource pod(String name, String source) {
        return api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%s','namespace':'default'},
                         'spec':{'resourceClaims':[{'name':'gpu',%s}]},'status':{}}
                        """
                                .formatted(name, source)));
    }

    /** As the scheduler does it. */
    private void reserve(String name) {
        var key = new ObjectKey(CLAIMS, "default", name);
        Resource protectedOne = api.get(key).orElseThrow().copy();
        protectedOne.mutableMetadata().putArray("finalizers").add(PROTECTION);
        api.update(CLAIMS, protectedOne);
        Resource claim = api.get(key).orElseThrow().copy();
        ObjectNode status = Resource.child(claim.tree(), "status");
        status.putObject("allocation").putObject("devices");
        api.putStatus(CLAIMS, Reservation.added(claim, pod()));
    }

    private void finish(String phase) {
        Resource ended = pod().copy();
        Resource.child(ended.tree(), "status").put("phase", phase);
        api.putStatus(PODS, ended);
    }

    private Resource pod() {
        return api.get(new ObjectKey(PODS, "default", "train")).orElseThrow();
    }

    private Resource only() {
        List<Resource> all = api.list(CLAIMS);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
