package dev.gantry.controller.identity.csrapproving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.controller.identity.csrsigning.CertificateAuthority.Subject;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.address.Address;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class CsrApprovingControllerTest {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();

    private static final String CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    private static final String SERVING = "kubernetes.io/kubelet-serving";

    private final SimulatedApi api =
            new SimulatedApi(new CsrApprovingController(CsrApprovingControllerTest::read));

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
        node("n1", "192.0.2.1");
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
    void whoJoinsTakesNoNameFromANodeThatIsThere() {
        rights.add("system:bootstrap:abcdef nodeclient");
        node("n1", "192.0.2.1");
        request("system:bootstrap:abcdef", "system:node:n1", "client auth");
        assertThat(approval()).isEmpty();
        api.drop(new ObjectKey(Resources.NODES, "", "n1"));
        api.pass(60);
        assertThat(approval()).isNotEmpty();
    }

    @Test
    void aNodeThatWasDeletedRenewsNothing() {
        rights.addAll(List.of("system:node:n1 selfnodeclient", "system:node:n1 selfnodeserver"));
        request("system:node:n1", "system:node:n1", "client auth");
        assertThat(approval()).isEmpty();
        api.drop(new ObjectKey(REQUESTS, "", "x"));
        serving("system:node:n1", "n1");
        assertThat(approval()).isEmpty();
    }

    @Test
    void aNodeMayServeUnderItsNameAndItsAddresses() {
        rights.add("system:node:n1 selfnodeserver");
        node("n1", "192.0.2.1");
        serving("system:node:n1", "n1,192.0.2.1");
        assertThat(approval())
                .isEqualTo("Auto approving kubelet serving certificate after SubjectAccessReview.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n2",
                "kubernetes.default",
                "n1,192.0.2.2",
                "n1,192.0.2.9",
                "n1,10.96.0.10",
                "n1,192.0.2.5",
                "n1,192.0.2.7"
            })
    void aNodeServesUnderNothingThatIsAnothers(String names) {
        rights.add("system:node:n1 selfnodeserver");
        node("n1", "192.0.2.1", "192.0.2.2", "10.96.0.10", "192.0.2.5", "192.0.2.7");
        node("n2", "192.0.2.2");
        put(
                Resources.SERVICES,
                "{'metadata':{'name':'dns','namespace':'kube-system'},"
                        + "'spec':{'clusterIPs':['10.96.0.10']},"
                        + "'status':{'loadBalancer':{'ingress':[{'ip':'192.0.2.5'}]}}}");
        put(
                Resources.ENDPOINT_SLICES,
                "{'metadata':{'name':'kubernetes','namespace':'default',"
                        + "'labels':{'kubernetes.io/service-name':'kubernetes'}},"
                        + "'endpoints':[{'addresses':['192.0.2.7']}]}");
        serving("system:node:n1", names);
        assertThat(approval()).isEmpty();
    }

    @Test
    void nobodyGetsANodesServingCertificateButTheNode() {
        rights.addAll(List.of("system:node:n2 selfnodeserver", "jane selfnodeserver"));
        node("n1", "192.0.2.1");
        serving("system:node:n2", "n1,192.0.2.1");
        assertThat(approval()).isEmpty();
        api.drop(new ObjectKey(REQUESTS, "", "x"));
        serving("jane", "n1,192.0.2.1");
        assertThat(approval()).isEmpty();
    }

    @Test
    void withoutTheRightServingCertificatesAreLeftToPeople() {
        node("n1", "192.0.2.1");
        serving("system:node:n1", "n1,192.0.2.1");
        assertThat(approval()).isEmpty();
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

    /** A request's text is its common name here, and after that what it is to serve as. */
    private static Optional<Subject> read(String text) {
        List<String> words = List.of(text.split(","));
        List<String> names = words.subList(1, words.size());
        return Optional.of(
                new Subject(
                        words.getFirst(),
                        List.of("system:nodes"),
                        names.stream().filter(each -> Address.parse(each).isEmpty()).toList(),
                        names.stream().filter(each -> Address.parse(each).isPresent()).toList(),
                        List.of()));
    }

    private void node(String name, String... addresses) {
        String listed =
                Stream.of(addresses)
                        .map("{'type':'InternalIP','address':'%s'}"::formatted)
                        .collect(Collectors.joining(","));
        put(
                Resources.NODES,
                "{'metadata':{'name':'%s'},'status':{'addresses':[%s]}}".formatted(name, listed));
    }

    private void put(GroupResource resource, String json) {
        api.create(resource, SimulatedApi.object(json));
    }

    private void serving(String user, String names) {
        request(SERVING, user, "system:node:n1," + names, "server auth");
    }

    private void request(String user, String commonName, String usage) {
        request(CLIENT, user, commonName, usage);
    }

    private void request(String signer, String user, String subject, String usage) {
        String text =
                Base64.getEncoder().encodeToString(subject.getBytes(StandardCharsets.US_ASCII));
        api.create(
                REQUESTS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'x'},'status':{},
                         'spec':{'signerName':'%s',
                         'request':'%s','usages':['digital signature','%s'],
                         'username':'%s','groups':['system:bootstrappers']}}
                        """
                                .formatted(signer, text, usage, user)));
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
