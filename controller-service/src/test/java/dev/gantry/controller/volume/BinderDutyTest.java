package dev.gantry.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.protection.ClaimProtectionDuty;
import dev.gantry.controller.protection.VolumeProtectionDuty;
import dev.gantry.controller.world.SimulatedApi;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BinderDutyTest {
    private static final GroupResource VOLUMES = BuiltinKind.PERSISTENT_VOLUME.resource();
    private static final GroupResource CLAIMS = BuiltinKind.PERSISTENT_VOLUME_CLAIM.resource();
    private static final GroupResource CLASSES = BuiltinKind.STORAGE_CLASS.resource();
    private static final GroupResource PODS = BuiltinKind.POD.resource();

    private final SimulatedApi api =
            new SimulatedApi(
                    new BinderDuty(), new VolumeProtectionDuty(), new ClaimProtectionDuty());

    static LongStream seeds() {
        String seed = System.getProperty("seed");
        return seed == null ? LongStream.range(0, 30) : LongStream.of(Long.parseLong(seed));
    }

    @Test
    void bindsBothSidesToEachOther() {
        volume("pv", "5Gi", "");
        claim("data", "3Gi", "");
        api.settle();

        Resource volume = volume("pv");
        Resource claim = claim("data");
        assertThat(Storage.claimUid(volume)).isEqualTo(claim.uid().value());
        assertThat(volume.spec().path("claimRef").path("kind").asString())
                .isEqualTo("PersistentVolumeClaim");
        assertThat(volume.annotations()).containsEntry(Storage.BY_CONTROLLER, "yes");
        assertThat(phase(volume)).isEqualTo("Bound");
        assertThat(Storage.volumeName(claim)).isEqualTo("pv");
        assertThat(claim.annotations())
                .containsEntry(Storage.BY_CONTROLLER, "yes")
                .containsEntry(Storage.COMPLETED, "yes");
        assertThat(phase(claim)).isEqualTo("Bound");
        assertThat(claim.status().path("capacity").path("storage").asString()).isEqualTo("5Gi");
        assertThat(claim.status().path("accessModes").path(0).asString())
                .isEqualTo("ReadWriteOnce");
    }

    @Test
    void takesTheSmallestThatIsLargeEnough() {
        volume("small", "2Gi", "");
        volume("large", "10Gi", "");
        volume("fitting", "5Gi", "");
        claim("data", "3Gi", "");
        api.settle();

        assertThat(Storage.volumeName(claim("data"))).isEqualTo("fitting");
        assertThat(phase(volume("large"))).isEqualTo("Available");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'storageClassName':'slow' | | false",
                "'storageClassName':'slow' | 'storageClassName':'slow' | true",
                "'storageClassName':'' | 'storageClassName':'slow' | false",
                "'volumeMode':'Block' | | false",
                "'volumeMode':'Block' | 'volumeMode':'Block' | true",
                "'selector':{'matchLabels':{'disk':'ssd'}} | | false",
                "'selector':{'matchLabels':{'tier':'gold'}} | | true",
                "'volumeAttributesClassName':'fast' | | false"
            })
    void bindsOnlyWhatTheClaimAsksFor(String claim, String volume, boolean isBound) {
        volume("pv", "5Gi", volume == null ? "" : "," + volume);
        claim("data", "3Gi", "," + claim);
        api.settle();

        assertThat(phase(claim("data"))).isEqualTo(isBound ? "Bound" : "Pending");
    }

    @Test
    void wantsEveryAccessModeThatIsAskedFor() {
        volume("pv", "5Gi", ",'accessModes':['ReadWriteOnce','ReadOnlyMany']");
        claim("writers", "1Gi", ",'accessModes':['ReadWriteMany']");
        claim("reader", "1Gi", ",'accessModes':['ReadOnlyMany']");
        api.settle();

        assertThat(phase(claim("writers"))).isEqualTo("Pending");
        assertThat(phase(claim("reader"))).isEqualTo("Bound");
        assertThat(api.told())
                .contains(
                        "FailedBinding: no persistent volumes available for this claim and no"
                                + " storage class is set");
    }

    @Test
    void bindsAWaitingClaimWhenItsVolumeComes() {
        claim("data", "1Gi", "");
        api.settle();
        assertThat(phase(claim("data"))).isEqualTo("Pending");
        volume("pv", "1Gi", "");
        api.settle();

        assertThat(phase(claim("data"))).isEqualTo("Bound");
    }

    @Test
    void completesAVolumeThatAPersonKeptForTheClaim() {
        volume("other", "1Gi", "");
        volume("kept", "50Gi", ",'claimRef':{'namespace':'default','name':'data'}");
        api.settle();
        assertThat(phase(volume("kept"))).isEqualTo("Available");
        claim("data", "1Gi", "");
        api.settle();

        assertThat(Storage.volumeName(claim("data"))).isEqualTo("kept");
        assertThat(volume("kept").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
        assertThat(Storage.claimUid(volume("kept"))).isEqualTo(claim("data").uid().value());
    }

    @Test
    void keepsAVolumeThatIsKeptForAnotherName() {
        volume("kept", "1Gi", ",'claimRef':{'namespace':'default','name':'other'}");
        claim("data", "1Gi", "");
        api.settle();

        assertThat(phase(claim("data"))).isEqualTo("Pending");
    }

    @Test
    void completesAClaimThatNamesItsVolume() {
        claim("data", "1Gi", ",'volumeName':'pv'");
        api.settle();
        assertThat(phase(claim("data"))).isEqualTo("Pending");
        volume("pv", "1Gi", "");
        api.settle();

        assertThat(phase(claim("data"))).isEqualTo("Bound");
        assertThat(phase(volume("pv"))).isEqualTo("Bound");
        assertThat(claim("data").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'volumeName':'pv', 9Gi, requested PV is too small",
                "'volumeName':'pv'|'storageClassName':'slow', 1Gi, storageClassName does not match",
                "'volumeName':'pv'|'volumeMode':'Block', 1Gi, incompatible volumeMode",
                "'volumeName':'pv'|'accessModes':['ReadWriteMany'], 1Gi, incompatible accessMode"
            })
    void saysWhyTheNamedVolumeCannotBeBound(String fields, String size, String why) {
        volume("pv", "5Gi", "");
        claim("data", size, "," + fields.replace('|', ','));
        api.settle();

        assertThat(phase(claim("data"))).isEqualTo("Pending");
        assertThat(api.told())
                .contains("VolumeMismatch: Cannot bind to requested volume \"pv\": " + why);
    }

    @Test
    void leavesADelayedClaimToTheSchedulerAndSaysWhatItWaitsFor() {
        storageClass("late", "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
        volume("pv", "1Gi", ",'storageClassName':'late'");
        claim("data", "1Gi", ",'storageClassName':'late'");
        api.settle();
        assertThat(phase(claim("data"))).isEqualTo("Pending");
        assertThat(Storage.claimOf(volume("pv"))).isEmpty();
        assertThat(api.told())
                .contains(
                        "WaitForFirstConsumer: waiting for first consumer to be created before"
                                + " binding");
        pod("user", "data");
        api.settle();
        assertThat(api.told())
                .contains("WaitForPodScheduled: waiting for pod user to be scheduled");

        Resource chosen = volume("pv").copy();
        Resource.child(chosen.tree(), "spec")
                .putObject("claimRef")
                .put("namespace", "default")
                .put("name", "data")
                .put("uid", claim("data").uid().value());
        api.update(VOLUMES, chosen);
        api.settle();
        assertThat(phase(claim("data"))).isEqualTo("Bound");
        assertThat(phase(volume("pv"))).isEqualTo("Bound");
    }

    @Test
    void asksTheExternalProvisionerOnceANodeIsChosen() {
        storageClass("csi", "csi.example.com", "WaitForFirstConsumer");
        claim("data", "1Gi", ",'storageClassName':'csi'");
        api.settle();
        assertThat(claim("data").annotations()).doesNotContainKey(Storage.PROVISIONER);
        Resource chosen = claim("data").copy();
        Bond.annotate(chosen, Storage.SELECTED_NODE, "n1");
        api.update(CLAIMS, chosen);
        api.settle();

        assertThat(claim("data").annotations())
                .containsEntry(Storage.PROVISIONER, "csi.example.com")
                .containsEntry(Storage.OLD_PROVISIONER, "csi.example.com");
        assertThat(api.told())
                .anyMatch(each -> each.startsWith("ExternalProvisioning: Waiting for"));
        volume(
                "made",
                "1Gi",
                ",'storageClassName':'csi','claimRef':{'namespace':'default','name':'data','uid':'"
                        + claim("data").uid()
                        + "'}");
        api.settle();
        assertThat(phase(claim("data"))).isEqualTo("Bound");
    }

    @Test
    void saysWhyNothingCanBeProvisioned() {
        claim("a", "1Gi", ",'storageClassName':'none'");
        storageClass("static", "kubernetes.io/no-provisioner", "Immediate");
        claim("b", "1Gi", ",'storageClassName':'static'");
        api.settle();

        assertThat(api.told())
                .contains(
                        "ProvisioningFailed: storageclass.storage.k8s.io \"none\" not found",
                        "ProvisioningFailed: no volume plugin matched name:"
                                + " kubernetes.io/no-provisioner");
    }

    @Test
    void aClaimWithoutAClassGetsTheDefaultOneWhenItComes() {
        claim("plain", "1Gi", "");
        claim("classless", "1Gi", ",'storageClassName':''");
        api.settle();
        Resource standard = storageClass("standard", "csi.example.com", "Immediate").copy();
        Resource.child(standard.mutableMetadata(), "annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        api.update(CLASSES, standard);
        api.settle();

        assertThat(Storage.className(claim("plain"))).isEqualTo("standard");
        assertThat(Storage.className(claim("classless"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Retain | 'local':{'path':'/mnt/a'} | Released | ",
                "Delete | 'hostPath':{'path':'/tmp/a'} | gone | ",
                "Delete | 'hostPath':{'path':'/data/a'} | Failed | VolumeFailedDelete: host_path"
                        + " deleter only supports /tmp/.+ but received provided /data/a",
                "Delete | 'local':{'path':'/mnt/a'} | Failed | VolumeFailedDelete: error getting"
                        + " deleter volume plugin for volume \"pv\": no deletable volume plugin"
                        + " matched",
                "Recycle | 'hostPath':{'path':'/tmp/a'} | Failed | VolumeFailedRecycle: No recycler"
                        + " plugin found for the volume!"
            })
    void reclaimsAsThePolicySays(String policy, String source, String end, String event) {
        volume("pv", "1Gi", ",'persistentVolumeReclaimPolicy':'%s',%s".formatted(policy, source));
        claim("data", "1Gi", "");
        api.settle();
        assertThat(phase(claim("data"))).isEqualTo("Bound");
        api.delete(key(CLAIMS, "data"), "Background");
        api.settle();

        assertThat(api.get(key(CLAIMS, "data"))).isEmpty();
        assertThat(
                        api.get(new ObjectKey(VOLUMES, "", "pv"))
                                .map(BinderDutyTest::phase)
                                .orElse("gone"))
                .isEqualTo(end);
        if (event != null) {
            assertThat(api.told()).containsOnlyOnce(event);
        }
    }

    @Test
    void leavesTheDeletionToTheProvisionerThatMadeTheVolume() {
        Resource made =
                volume(
                                "pv",
                                "1Gi",
                                ",'persistentVolumeReclaimPolicy':'Delete','csi':{'driver':'d'}")
                        .copy();
        Bond.annotate(made, Storage.PROVISIONED_BY, "csi.example.com");
        api.update(VOLUMES, made);
        claim("data", "1Gi", "");
        api.settle();
        api.delete(key(CLAIMS, "data"), "Background");
        api.settle();

        assertThat(phase(volume("pv"))).isEqualTo("Released");
    }

    @Test
    void aReleasedVolumeIsNotGivenToANamesake() {
        volume("pv", "1Gi", ",'persistentVolumeReclaimPolicy':'Retain'");
        claim("data", "1Gi", "");
        api.settle();
        api.delete(key(CLAIMS, "data"), "Background");
        api.settle();
        claim("data", "1Gi", "");
        api.settle();
        assertThat(phase(volume("pv"))).isEqualTo("Released");
        assertThat(phase(claim("data"))).isEqualTo("Pending");

        Resource freed = volume("pv").copy();
        Resource.child(freed.tree(), "spec").remove("claimRef");
        api.update(VOLUMES, freed);
        api.settle();
        assertThat(phase(claim("data"))).isEqualTo("Bound");
    }

    @Test
    void aClaimWhoseVolumeVanishedIsLost() {
        volume("pv", "1Gi", "");
        claim("data", "1Gi", "");
        api.settle();
        api.drop(new ObjectKey(VOLUMES, "", "pv"));
        api.settle();

        assertThat(phase(claim("data"))).isEqualTo("Lost");
        assertThat(claim("data").status().has("capacity")).isFalse();
        assertThat(api.told())
                .contains(
                        "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume"
                                + " is lost!");
    }

    @Test
    void freesAVolumeThatItChoseForAClaimThatGotAnother() {
        volume("wanted", "1Gi", "");
        volume("vain", "1Gi", "");
        claim("data", "1Gi", ",'volumeName':'wanted'");
        Resource vain = volume("vain").copy();
        Resource.child(vain.tree(), "spec")
                .putObject("claimRef")
                .put("namespace", "default")
                .put("name", "data")
                .put("uid", claim("data").uid().value());
        Bond.annotate(vain, Storage.BY_CONTROLLER, "yes");
        api.update(VOLUMES, vain);
        api.settle();

        assertThat(Storage.claimOf(volume("vain"))).isEmpty();
        assertThat(phase(volume("vain"))).isEqualTo("Available");
        assertThat(volume("vain").annotations()).doesNotContainKey(Storage.BY_CONTROLLER);
    }

    @Test
    void protectsABoundVolumeAndAClaimThatAPodUses() {
        volume("pv", "1Gi", ",'persistentVolumeReclaimPolicy':'Retain'");
        claim("data", "1Gi", "");
        Resource pod = pod("user", "data");
        Resource bound = pod.copy();
        Resource.child(bound.tree(), "spec").put("nodeName", "n1");
        api.update(PODS, bound);
        api.settle();
        assertThat(volume("pv").finalizers()).containsExactly("kubernetes.io/pv-protection");
        api.delete(new ObjectKey(VOLUMES, "", "pv"), "Background");
        api.delete(key(CLAIMS, "data"), "Background");
        api.settle();
        assertThat(volume("pv").isBeingDeleted()).isTrue();
        assertThat(claim("data").finalizers()).containsExactly("kubernetes.io/pvc-protection");

        api.drop(pod.key(PODS));
        api.settle();
        assertThat(api.get(key(CLAIMS, "data"))).isEmpty();
        assertThat(api.get(new ObjectKey(VOLUMES, "", "pv"))).isEmpty();
    }

    /**
     * Safety: no volume serves two claims, no claim has a smaller volume than asked. Liveness: each
     * claim that a free volume fits is bound in the end, and then nothing moves.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void neverBindsAVolumeTwiceAndBindsAllThatCanBe(long seed) {
        Random chance = new Random(seed);
        api.always(() -> noVolumeHasTwoClaims(seed));
        for (int i = 0; i < 30; i++) {
            String name = "o" + i;
            String size = (1 + chance.nextInt(5)) + "Gi";
            switch (chance.nextInt(5)) {
                case 0, 1 -> volume(name, size, ",'persistentVolumeReclaimPolicy':'Retain'");
                case 2, 3 -> claim(name, size, "");
                default ->
                        api.list(CLAIMS).stream()
                                .skip(chance.nextInt(3))
                                .findFirst()
                                .ifPresent(each -> api.delete(each.key(CLAIMS), "Background"));
            }
            if (chance.nextBoolean()) {
                api.settle();
            }
        }
        api.settle();
        for (Resource claim : api.list(CLAIMS)) {
            boolean hasChance =
                    Match.best(claim, api.list(VOLUMES), false)
                            .filter(each -> Storage.claimOf(each).isEmpty())
                            .isPresent();
            assertThat(phase(claim).equals("Bound") || !hasChance)
                    .as("%s, replay with -Dseed=%d", claim.name(), seed)
                    .isTrue();
        }
        int before = api.actions();
        api.pass(600);
        assertThat(api.actions()).as("replay with -Dseed=%d", seed).isEqualTo(before);
    }

    private void noVolumeHasTwoClaims(long seed) {
        Map<String, String> takers = new HashMap<>();
        for (Resource claim : api.list(CLAIMS)) {
            String volume = Storage.volumeName(claim);
            if (!volume.isEmpty()) {
                assertThat(takers.put(volume, claim.name()))
                        .as("%s, replay with -Dseed=%d", volume, seed)
                        .isNull();
                assertThat(Storage.capacity(volume(volume)))
                        .isGreaterThanOrEqualTo(Storage.requested(claim));
            }
        }
    }

    private Resource volume(String name, String size, String more) {
        String modes = more.contains("accessModes") ? "" : "'accessModes':['ReadWriteOnce'],";
        return api.create(
                VOLUMES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolume',
                         'metadata':{'name':'%s','labels':{'tier':'gold'}},
                         'spec':{%s'capacity':{'storage':'%s'}%s},'status':{'phase':'Pending'}}
                        """
                                .formatted(name, modes, size, more)));
    }

    private Resource claim(String name, String size, String more) {
        String modes = more.contains("accessModes") ? "" : "'accessModes':['ReadWriteOnce'],";
        return api.create(
                CLAIMS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolumeClaim',
                         'metadata':{'name':'%s','namespace':'default'},
                         'spec':{%s'resources':{'requests':{'storage':'%s'}}%s},
                         'status':{'phase':'Pending'}}
                        """
                                .formatted(name, modes, size, more)));
    }

    private Resource storageClass(String name, String provisioner, String mode) {
        return api.create(
                CLASSES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'storage.k8s.io/v1','kind':'StorageClass',
                         'metadata':{'name':'%s'},'provisioner':'%s','volumeBindingMode':'%s'}
                        """
                                .formatted(name, provisioner, mode)));
    }

    private Resource pod(String name, String claim) {
        return api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%s','namespace':'default'},
                         'spec':{'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'%s'}}]},
                         'status':{}}
                        """
                                .formatted(name, claim)));
    }

    private Resource volume(String name) {
        return api.get(new ObjectKey(VOLUMES, "", name)).orElseThrow();
    }

    private Resource claim(String name) {
        return api.get(key(CLAIMS, name)).orElseThrow();
    }

    private static ObjectKey key(GroupResource resource, String name) {
        return new ObjectKey(resource, "default", name);
    }

    private static String phase(Resource object) {
        return Storage.phase(object);
    }

    @Test
    void cutsNothingOffTheListOfVolumesThatATieLeaves() {
        for (int i = 0; i < 6; i++) {
            volume("pv" + i, "1Gi", "");
            claim("data" + i, "1Gi", "");
        }
        api.settle();

        assertThat(api.list(CLAIMS)).extracting(BinderDutyTest::phase).containsOnly("Bound");
        assertThat(List.copyOf(api.list(VOLUMES)))
                .extracting(BinderDutyTest::phase)
                .containsOnly("Bound");
    }
}
