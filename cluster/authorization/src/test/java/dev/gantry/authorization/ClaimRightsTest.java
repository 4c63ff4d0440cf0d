package dev.gantry.authorization;

import static dev.gantry.authorization.RbacPolicyTest.binding;
import static dev.gantry.authorization.RbacPolicyTest.policy;
import static dev.gantry.authorization.RbacPolicyTest.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ClaimRightsTest {
    private static final String GROUP = "resource.k8s.io";
    private static final String ACCOUNT = "system:serviceaccount:kube-system:driver";
    private static final String ON_A =
            """
            "allocation":{"nodeSelector":{"nodeSelectorTerms":[{"matchFields":[
              {"key":"metadata.name","operator":"In","values":["a"]}]}]}}""";
    private static final String GPU =
            "\"devices\":[{\"driver\":\"gpu\",\"pool\":\"p\",\"device\":\"d\"}]";

    @Test
    void whoAllocatesOrReservesNeedsTheBindingOfAllClaims() {
        Resource before = claim("");
        Resource reserved = claim("\"reservedFor\":[{\"uid\":\"u\"}]");
        assertThat(refusal("nothing", "", before, reserved))
                .contains(
                        "ResourceClaim.resource.k8s.io \"c\" is invalid: status: Forbidden: changing"
                                + " status.allocation or status.reservedFor requires"
                                + " resource=\"resourceclaims/binding\", verb=\"update\" permission:"
                                + " resourceclaims.resource.k8s.io is forbidden: User \"%s\" cannot update resource \"resourceclaims/binding\" in API group \"resource.k8s.io\" at the cluster scope"
                                        .formatted(ACCOUNT));
        assertThat(refusal("nothing", "", before, claim(ON_A))).isPresent();
        assertThat(refusal("update", "binding", before, claim(ON_A))).isEmpty();
        assertThat(refusal("patch", "binding", before, claim(ON_A)))
                .as("of another verb")
                .isPresent();
        assertThat(refusal("nothing", "", before, claim("\"reservedFor\":[]"))).isEmpty();
    }

    @Test
    void whoTellsOfDevicesNeedsTheirDriver() {
        Resource before = claim(ON_A);
        Resource told = claim(ON_A + "," + GPU);
        assertThat(refusal("nothing", "", before, told).orElseThrow())
                .contains(
                        "status.devices: Forbidden: changing status.devices requires"
                                + " resource=\"resourceclaims/driver\","
                                + " verb=\"[arbitrary-node:update]\" permission: "
                                + "resourceclaims.resource.k8s.io \"gpu\" is forbidden");
        assertThat(refusal("arbitrary-node:update", "driver", before, told)).isEmpty();
        assertThat(refusal("arbitrary-node:update", "driver", told, before))
                .as("what is taken out is changed")
                .isEmpty();
        assertThat(refusal("nothing", "", told, before)).isPresent();
        assertThat(refusal("nothing", "", told, told)).isEmpty();
        assertThat(refusal("update", "driver", before, told)).as("no such verb").isPresent();
    }

    @Test
    void fromTheNodeOfTheClaimALesserVerbWillDo() {
        Resource before = claim(ON_A);
        Resource told = claim(ON_A + "," + GPU);
        String verb = "associated-node:update";
        assertThat(rights(verb, "driver", "a").refusal(told, before)).isEmpty();
        assertThat(rights(verb, "driver", "b").refusal(told, before)).isPresent();
        assertThat(rights(verb, "driver", "").refusal(told, before)).isPresent();
        String anywhere = ON_A.replace("[\"a\"]", "[\"a\",\"b\"]");
        assertThat(
                        rights(verb, "driver", "a")
                                .refusal(claim(anywhere + "," + GPU), claim(anywhere)))
                .as("not its node alone")
                .isPresent();
    }

    private static Optional<String> refusal(
            String verb, String subresource, Resource before, Resource wanted) {
        return rights(verb, subresource, "").refusal(wanted, before).map(Refusal::message);
    }

    private static ClaimRights rights(String verb, String subresource, String node) {
        String resource = "resourceclaims/" + subresource;
        RbacPolicy policy =
                policy(
                        role("ClusterRole", "", "r", verb, GROUP, resource),
                        binding("ClusterRoleBinding", "", "ClusterRole", "r", "User", ACCOUNT));
        Map<String, List<String>> extra =
                node.isEmpty()
                        ? Map.of()
                        : Map.of("authentication.kubernetes.io/node-name", List.of(node));
        var caller = new Caller(ACCOUNT, "", List.of(), new TreeMap<>(extra));
        return new ClaimRights(caller, "update", access -> policy.judge(caller, access));
    }

    private static Resource claim(String status) {
        String json =
                """
                {"kind":"ResourceClaim","metadata":{"name":"c","namespace":"default"},"status":{%s}}
                """;
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.formatted(status)));
    }
}
