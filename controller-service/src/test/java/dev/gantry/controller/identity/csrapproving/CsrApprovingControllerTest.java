package dev.gantry.controller.identity.csrapproving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.controller.identity.csrsigning.CertificateAuthority.Subject;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class CsrApprovingControllerTest {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();

    /** A request's text is its common name here. */
    private final SimulatedApi api =
            new SimulatedApi(
                    new CsrApprovingController(
                            name ->
                                    Optional.of(
                                            new Subject(
                                                    name,
                                                    List.of("system:nodes"),
                                                    List.of(),
                                                    List.of(),
                                                    List.of()))));

    /** Who may what, as {@code user subresource}. */
    private final Set<String> rights = new TreeSet<>();

    private final List<JsonNode> asked = new ArrayList<>();

    CsrApprovingControllerTest() {
        api.answering(this::review);
    }

    @Test
    void aMachineThatJoinsGetsItsFirstCertificate() {
        rights.add("system:bootstrap:abcdef nodeclient");
        request("system:bootstrap:abcdef", "system:node:n1", "client auth");
        assertThat(approval())
                .isEqualTo("Auto approving kubelet client certificate after SubjectAccessReview.");
        assertThat(asked.getFirst().path("groups").path(0).asString())
                .isEqualTo("system:bootstrappers");
        int writes = api.actions();
        api.pass(3600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @Test
    void aNodeRenewsItsOwnCertificateOnly() {
        rights.add("system:node:n1 selfnodeclient");
        request("system:node:n1", "system:node:n1", "client auth");
        assertThat(approval())
                .isEqualTo(
                        "Auto approving self kubelet client certificate after"
                                + " SubjectAccessReview.");
        api.drop(new ObjectKey(REQUESTS, "", "x"));
        request("system:node:n1", "system:node:n2", "client auth");
        assertThat(approval()).isEmpty();
    }

    @Test
    void withoutTheRightItWaitsUntilItIsGiven() {
        request("system:bootstrap:abcdef", "system:node:n1", "client auth");
        assertThat(approval()).isEmpty();
        rights.add("system:bootstrap:abcdef nodeclient");
        api.pass(60);
        assertThat(approval()).isNotEmpty();
    }

    @Test
    void whatIsNoKubeletsRequestIsLeftToPeople() {
        rights.add("jane nodeclient");
        request("jane", "system:node:n1", "server auth");
        assertThat(approval()).isEmpty();
        api.drop(new ObjectKey(REQUESTS, "", "x"));
        request("jane", "jane", "client auth");
        assertThat(approval()).isEmpty();
        assertThat(asked).isEmpty();
    }

    private void request(String user, String commonName, String usage) {
        String text =
                Base64.getEncoder().encodeToString(commonName.getBytes(StandardCharsets.US_ASCII));
        api.create(
                REQUESTS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'x'},'status':{},
                         'spec':{'signerName':'kubernetes.io/kube-apiserver-client-kubelet',
                         'request':'%s','usages':['digital signature','%s'],
                         'username':'%s','groups':['system:bootstrappers']}}
                        """
                                .formatted(text, usage, user)));
        api.settle();
    }

    private String approval() {
        JsonNode conditions =
                api.get(new ObjectKey(REQUESTS, "", "x")).orElseThrow().status().path("conditions");
        return Conditions.find(conditions, "Approved")
                .map(each -> Resource.text(each, "message"))
                .orElse("");
    }

    private ApiAnswer review(ApiQuery query) {
        JsonNode spec = query.body().orElseThrow().path("spec");
        asked.add(spec);
        boolean isAllowed =
                rights.contains(
                        spec.path("user").asString("")
                                + " "
                                + spec.path("resourceAttributes").path("subresource").asString(""));
        return new ApiAnswer.Found(
                SimulatedApi.object("{'status':{'allowed':%s}}".formatted(isAllowed)));
    }
}
