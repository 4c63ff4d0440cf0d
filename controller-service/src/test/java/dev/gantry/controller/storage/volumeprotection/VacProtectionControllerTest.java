package dev.gantry.controller.storage.volumeprotection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VacProtectionControllerTest {
    private static final GroupResource CLASSES = Kinds.VOLUME_ATTRIBUTES_CLASS.resource();
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final ObjectKey CLASS = new ObjectKey(CLASSES, "", "fast");
    private static final ObjectKey CLAIM = new ObjectKey(CLAIMS, "default", "data");

    private final SimulatedApi api = new SimulatedApi(new VacProtectionController());

    @BeforeEach
    void attributesClass() {
        api.create(CLASSES, SimulatedApi.object("{'metadata':{'name':'fast'}}"));
        api.settle();
    }

    @Test
    void aClassThatLivesIsProtectedAndOneThatNobodyUsesGoes() {
        assertThat(api.get(CLASS).orElseThrow().finalizers())
                .containsExactly("kubernetes.io/vac-protection");
        api.delete(CLASS, "Background");
        api.settle();
        assertThat(api.get(CLASS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'spec':{'volumeAttributesClassName':'fast'}",
                "'status':{'currentVolumeAttributesClassName':'fast'}",
                "'status':{'modifyVolumeStatus':{'targetVolumeAttributesClassName':'fast'}}"
            })
    void aClassGoesOnlyAfterTheClaimThatNamesIt(String said) {
        api.create(
                CLAIMS,
                SimulatedApi.object(
                        "{'metadata':{'name':'data','namespace':'default'},%s}".formatted(said)));
        api.delete(CLASS, "Background");
        api.settle();
        assertThat(api.get(CLASS)).isPresent();

        api.drop(CLAIM);
        api.settle();
        assertThat(api.get(CLASS)).isEmpty();
    }

    @Test
    void aClassGoesOnlyAfterTheVolumeThatNamesIt() {
        api.create(
                Resources.PERSISTENT_VOLUMES,
                SimulatedApi.object(
                        "{'metadata':{'name':'disk'},'spec':{'volumeAttributesClassName':'fast'}}"));
        api.delete(CLASS, "Background");
        api.settle();
        assertThat(api.get(CLASS)).isPresent();

        api.drop(new ObjectKey(Resources.PERSISTENT_VOLUMES, "", "disk"));
        api.settle();
        assertThat(api.get(CLASS)).isEmpty();
    }
}
