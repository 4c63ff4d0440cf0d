package dev.gantry.controller.identity.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;

final class ServiceAccountControllerTest {
    private static final ObjectKey ACCOUNT =
            new ObjectKey(Resources.SERVICE_ACCOUNTS, "team", "default");

    private final SimulatedApi api = new SimulatedApi(new ServiceAccountController());

    @Test
    void everyNamespaceHasItsDefaultAccount() {
        namespace("Active");

        assertThat(api.get(ACCOUNT)).isPresent();
        assertThat(api.actions()).isEqualTo(1);
    }

    @Test
    void aDefaultAccountThatIsDeletedIsMadeAgain() {
        namespace("Active");
        api.drop(ACCOUNT);
        api.settle();

        assertThat(api.get(ACCOUNT)).isPresent();
    }

    @Test
    void anAccountThatIsThereIsLeftAsItIs() {
        namespace("Active");
        Resource own = api.get(ACCOUNT).orElseThrow().copy();
        own.tree().put("automountServiceAccountToken", false);
        api.update(Resources.SERVICE_ACCOUNTS, own);
        api.settle();

        assertThat(api.actions()).isEqualTo(1);
        assertThat(api.get(ACCOUNT).orElseThrow().tree().path("automountServiceAccountToken"))
                .isEqualTo(own.tree().path("automountServiceAccountToken"));
    }

    @Test
    void aNamespaceThatEndsGetsNone() {
        namespace("Terminating");

        assertThat(api.get(ACCOUNT)).isEmpty();
    }

    private void namespace(String phase) {
        api.create(
                Resources.NAMESPACES,
                SimulatedApi.object(
                        "{'metadata':{'name':'team'},'spec':{},'status':{'phase':'%s'}}"
                                .formatted(phase)));
        api.settle();
    }
}
