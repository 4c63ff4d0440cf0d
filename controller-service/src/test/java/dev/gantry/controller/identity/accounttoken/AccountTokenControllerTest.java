package dev.gantry.controller.identity.accounttoken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccountTokenControllerTest {
    private static final GroupResource SECRETS = Resources.SECRETS;
    private static final GroupResource ACCOUNTS = Resources.SERVICE_ACCOUNTS;
    private static final ObjectKey SECRET = new ObjectKey(SECRETS, "default", "bot-token");

    private final SimulatedApi api = new SimulatedApi(new AccountTokenController("CERT"));
    private final List<ApiQuery> asked = new ArrayList<>();
    private boolean isGiven = true;

    @BeforeEach
    void giveTokens() {
        api.answering(this::answer);
    }

    @Test
    void fillsTheSecretWithATokenThatIsBoundToIt() {
        Resource account = account();
        secret("kubernetes.io/service-account-token");
        api.settle();

        assertThat(value("token")).isEqualTo("t0ken");
        assertThat(value("namespace")).isEqualTo("default");
        assertThat(value("ca.crt")).isEqualTo("CERT");
        assertThat(stored().annotations())
                .containsEntry("kubernetes.io/service-account.uid", account.uid().value());
        var bound = asked.getLast().body().orElseThrow().path("spec").path("boundObjectRef");
        assertThat(Resource.text(bound, "uid")).isEqualTo(stored().uid().value());
        int writes = api.actions();
        api.pass(3600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @Test
    void triesAgainWhereNoTokenIsGiven() {
        isGiven = false;
        account();
        secret("kubernetes.io/service-account-token");
        api.settle();
        assertThat(stored().tree().path("data").isMissingNode()).isTrue();

        isGiven = true;
        api.pass(30);
        assertThat(value("token")).isEqualTo("t0ken");
    }

    @Test
    void deletesTheSecretWithItsAccount() {
        Resource account = account();
        secret("kubernetes.io/service-account-token");
        api.settle();
        api.drop(account.key(ACCOUNTS));
        api.settle();

        assertThat(api.get(SECRET)).isEmpty();
    }

    @Test
    void deletesTheSecretOfAnEarlierAccountOfThatName() {
        Resource account = account();
        secret("kubernetes.io/service-account-token");
        api.settle();
        api.drop(account.key(ACCOUNTS));
        account();
        api.settle();

        assertThat(api.get(SECRET)).isEmpty();
    }

    @Test
    void leavesOtherSecretsAlone() {
        account();
        secret("Opaque");
        api.settle();

        assertThat(stored().tree().path("data").isMissingNode()).isTrue();
    }

    private ApiAnswer answer(ApiQuery query) {
        asked.add(query);
        if (query.body().isEmpty()) {
            return new ApiAnswer.Found(stored());
        }
        return isGiven
                ? new ApiAnswer.Found(SimulatedApi.object("{'status':{'token':'t0ken'}}"))
                : new ApiAnswer.Refused(503, "", "later");
    }

    private Resource account() {
        return api.create(
                ACCOUNTS, SimulatedApi.object("{'metadata':{'name':'bot','namespace':'default'}}"));
    }

    private void secret(String type) {
        api.create(
                SECRETS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'bot-token','namespace':'default',
                          'annotations':{'kubernetes.io/service-account.name':'bot'}},'type':'%s'}
                        """
                                .formatted(type)));
    }

    private Resource stored() {
        return api.get(SECRET).orElseThrow();
    }

    private String value(String name) {
        String base64 = Resource.text(stored().tree().path("data"), name);
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
