package dev.gantry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.model.selector.FieldSelector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NodeAuthorizerTest {
    private static final Resource OURS =
            pod(
                    """
                    {"metadata":{"name":"ours","namespace":"a"},"spec":{"nodeName":"n1","serviceAccountName":"robot",
                     "imagePullSecrets":[{"name":"pull"}],
                     "containers":[{"env":[{"valueFrom":{"secretKeyRef":{"name":"key"}}}],"envFrom":[{"configMapRef":{"name":"env"}}]}],
                     "volumes":[{"projected":{"sources":[{"configMap":{"name":"root-ca"}}]}},
                                {"persistentVolumeClaim":{"claimName":"disk"}},
                                {"name":"scratch","ephemeral":{"volumeClaimTemplate":{"spec":{}}}}],
                     "resourceClaims":[{"name":"gpu","resourceClaimName":"shared-gpu"}]},
                     "status":{"resourceClaimStatuses":[{"name":"fpga","resourceClaimName":"ours-fpga-x1"}]}}
                    """);
    private static final Resource THEIRS =
            pod(
                    "{\"metadata\":{\"name\":\"theirs\",\"namespace\":\"a\"},\"spec\":{\"nodeName\":\"n2\"}}");

    private final NodeAuthorizer authorizer = new NodeAuthorizer(new View());

    @ParameterizedTest
    @CsvSource({
        "secrets, pull, true",
        "secrets, key, true",
        "secrets, other, false",
        "configmaps, env, true",
        "configmaps, root-ca, true",
        "configmaps, key, false",
        "persistentvolumeclaims, disk, true",
        "persistentvolumeclaims, ours-scratch, true"
    })
    void readsOnlyWhatItsPodsReferTo(String plural, String name, boolean isAllowed) {
        assertThat(judge("GET", "/api/v1/namespaces/a/" + plural + "/" + name, "").isAllowed())
                .isEqualTo(isAllowed);
    }

    @Test
    void saysThatNothingRelatesANodeToAnObject() {
        assertThat(judge("GET", "/api/v1/namespaces/a/secrets/other", "").reason())
                .isEqualTo("no relationship found between node 'n1' and this object");
    }

    @Test
    void listsSecretsOnlyByName() {
        assertThat(judge("GET", "/api/v1/namespaces/a/secrets", "").isAllowed()).isFalse();
        assertThat(judge("GET", "/api/v1/namespaces/a/secrets", "metadata.name=key").isAllowed())
                .isTrue();
        assertThat(judge("PUT", "/api/v1/namespaces/a/secrets/key", "").isAllowed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/namespaces/a/pods/ours, true",
        "GET, /api/v1/namespaces/a/pods/theirs, false",
        "GET, /api/v1/namespaces/a/pods/gone, true",
        "DELETE, /api/v1/namespaces/a/pods/ours, true",
        "PATCH, /api/v1/namespaces/a/pods/ours/status, true",
        "PATCH, /api/v1/namespaces/a/pods/theirs/status, false",
        "PATCH, /api/v1/namespaces/a/pods/ours, false",
        "POST, /api/v1/namespaces/a/pods, false",
        "POST, /api/v1/nodes, true",
        "PATCH, /api/v1/nodes/n1/status, true",
        "PATCH, /api/v1/nodes/n2/status, false",
        "DELETE, /api/v1/nodes/n1, false",
        "GET, /api/v1/nodes, true",
        "PUT, /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1, true",
        "PUT, /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n2, false",
        "PUT, /apis/coordination.k8s.io/v1/namespaces/a/leases/n1, false",
        "POST, /api/v1/namespaces/a/serviceaccounts/robot/token, true",
        "POST, /api/v1/namespaces/a/serviceaccounts/other/token, false",
        "GET, /api/v1/services, true",
        "GET, /apis/discovery.k8s.io/v1/endpointslices, true",
        "DELETE, /api/v1/namespaces/a/services/s, false",
        "POST, /api/v1/namespaces/a/events, true",
        "GET, /apis/apps/v1/deployments, false"
    })
    void seesToItsOwnAffairs(String method, String path, boolean isAllowed) {
        assertThat(judge(method, path, "").isAllowed()).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/persistentvolumes/bound, true",
        "GET, /api/v1/persistentvolumes/foreign, false",
        "GET, /api/v1/persistentvolumes/absent, false",
        "GET, /api/v1/persistentvolumes, false",
        "PUT, /api/v1/persistentvolumes/bound, false",
        "GET, /apis/storage.k8s.io/v1/volumeattachments/to-n1, true",
        "GET, /apis/storage.k8s.io/v1/volumeattachments/to-n2, false",
        "GET, /apis/storage.k8s.io/v1/volumeattachments/absent, false",
        "GET, /apis/storage.k8s.io/v1/volumeattachments/to-n1/status, false",
        "GET, /apis/storage.k8s.io/v1/volumeattachments, false",
        "PUT, /apis/storage.k8s.io/v1/volumeattachments/to-n1, false",
        "GET, /apis/resource.k8s.io/v1/namespaces/a/resourceclaims/shared-gpu, true",
        "GET, /apis/resource.k8s.io/v1/namespaces/a/resourceclaims/ours-fpga-x1, true",
        "GET, /apis/resource.k8s.io/v1/namespaces/a/resourceclaims/other, false",
        "POST, /apis/resource.k8s.io/v1/resourceslices, true",
        "GET, /apis/resource.k8s.io/v1/resourceslices, false"
    })
    void readsTheVolumesAndDevicesOfItsPods(String method, String path, boolean isAllowed) {
        assertThat(judge(method, path, "").isAllowed()).isEqualTo(isAllowed);
    }

    @Test
    void doesNotListAttachmentsByNameEither() {
        String path = "/apis/storage.k8s.io/v1/volumeattachments";
        Verdict verdict = judge("GET", path, "metadata.name=to-n1");
        assertThat(verdict.isAllowed()).isFalse();
        assertThat(verdict.reason()).isEqualTo("can only get individual resources of this type");
    }

    @Test
    void listsOnlyItsOwnResourceSlices() {
        String path = "/apis/resource.k8s.io/v1/resourceslices";
        assertThat(judge("GET", path, "spec.nodeName=n1").isAllowed()).isTrue();
        assertThat(judge("GET", path, "spec.nodeName=n2").isAllowed()).isFalse();
    }

    @Test
    void listsPodsByItsOwnNameOnly() {
        assertThat(judge("GET", "/api/v1/pods", "spec.nodeName=n1").isAllowed()).isTrue();
        assertThat(judge("GET", "/api/v1/pods", "spec.nodeName=n2").isAllowed()).isFalse();
        assertThat(judge("GET", "/api/v1/pods", "spec.nodeName!=n1").isAllowed()).isFalse();
    }

    @Test
    void takesOnlyMembersOfTheGroupForNodes() {
        assertThat(NodeAuthorizer.nodeOf(RbacPolicyTest.caller("system:node:n1", "system:nodes")))
                .contains("n1");
        assertThat(NodeAuthorizer.nodeOf(RbacPolicyTest.caller("system:node:n1"))).isEmpty();
    }

    private Verdict judge(String method, String path, String fields) {
        return authorizer.judge(
                "n1",
                Access.of(
                        ApiRequest.parse(method, path, Query.EMPTY),
                        Selection.of(FieldSelector.parse(fields))));
    }

    private static Resource pod(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }

    private static final class View implements NodeAuthorizer.PodsView {
        @Override
        public Optional<Resource> pod(String namespace, String name) {
            return List.of(OURS, THEIRS).stream()
                    .filter(
                            each ->
                                    each.key(new GroupResource("", "pods"))
                                            .path()
                                            .equals(namespace + "/" + name))
                    .findFirst();
        }

        @Override
        public List<Resource> podsOf(String node, String namespace) {
            return node.equals("n1") && namespace.equals("a") ? List.of(OURS) : List.of();
        }

        @Override
        public Optional<Resource> volume(String name) {
            String claim = name.equals("bound") ? "disk" : "other";
            return name.equals("absent")
                    ? Optional.empty()
                    : Optional.of(
                            NodeAuthorizerTest.pod(
                                    "{\"metadata\":{\"name\":\"v\"},\"spec\":{\"claimRef\":{\"namespace\":\"a\",\"name\":\""
                                            + claim
                                            + "\"}}}"));
        }

        @Override
        public Optional<Resource> attachment(String name) {
            return name.equals("absent")
                    ? Optional.empty()
                    : Optional.of(
                            NodeAuthorizerTest.pod(
                                    "{\"metadata\":{\"name\":\"va\"},\"spec\":{\"nodeName\":\"%s\"}}"
                                            .formatted(name.substring(3))));
        }
    }
}
