package dev.gantry.controller.identity.rootca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RootCaPublisherTest {
    private static final ObjectKey MAP =
            new ObjectKey(Resources.CONFIG_MAPS, "team", "kube-root-ca.crt");

    private final SimulatedApi api = new SimulatedApi(new RootCaPublisher("PEM"));

    @BeforeEach
    void namespace() {
        api.create(
                Resources.NAMESPACES,
                SimulatedApi.object("{'metadata':{'name':'team'},'spec':{},'status':{}}"));
        api.settle();
    }

    @Test
    void everyNamespaceHasTheCertificate() {
        assertThat(certificate()).isEqualTo("PEM");
        assertThat(api.get(MAP).orElseThrow().annotations())
                .containsKey("kubernetes.io/description");
    }

    @Test
    void otherDataIsReplaced() {
        Resource spoilt = api.get(MAP).orElseThrow().copy();
        Resource.child(spoilt.tree(), "data").put("ca.crt", "other");
        api.update(Resources.CONFIG_MAPS, spoilt);
        api.settle();

        assertThat(certificate()).isEqualTo("PEM");
    }

    @Test
    void otherConfigMapsAreLeftAlone() {
        int before = api.actions();
        api.create(
                Resources.CONFIG_MAPS,
                SimulatedApi.object(
                        "{'metadata':{'name':'mine','namespace':'team'},'data':{'ca.crt':'own'}}"));
        api.settle();

        assertThat(api.actions()).isEqualTo(before);
    }

    private String certificate() {
        return api.get(MAP).orElseThrow().tree().path("data").path("ca.crt").asString("");
    }
}
