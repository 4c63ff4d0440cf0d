package dev.gantry.state.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PluginsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Caller ADMIN =
            new Caller("admin", "", List.of("system:masters"), new TreeMap<>());
    private static final String POD =
            """
            metadata: {name: web, namespace: default}
            spec: {containers: [{name: web, image: nginx}]}
            """;

    /** A request with the subject {@code O=system:masters, CN=x}, in PEM. */
    private static final String OF_A_MASTER =
            "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQ2FqQ0NBVklDQVFBd0pURVhN"
                    + "QlVHQTFVRUNnd09jM2x6ZEdWdE9tMWhjM1JsY25NeENqQUlCZ05WQkFNTQpBWGd3Z2dFaU1BMEdD"
                    + "U3FHU0liM0RRRUJBUVVBQTRJQkR3QXdnZ0VLQW9JQkFRQ2NnWFpCSWRVbFMrTlI1alNCCjFueUpM"
                    + "aUtjTVplUE84Mm5UZkJnOENUV2NuV3RXeW0vVEgzeVorQXc4SkFnWVVETkJ4UVlwUHpqc2RzNUZ3"
                    + "VXUKYmIxQTVEa0dNOXd3bWZBdEprbHNGck96dDBBY1J2dGIxZWR0THRRMXlnTEhBZjN0cGZPSG9r"
                    + "aVJrQW04MTc3QwpzN1N6TENHQlY4Zlpsa0ZSZ3oxYWFXS2E0STZnNG1ON3B3eVlRb2Jkb2FNckc5"
                    + "L3RsSGVyd2JlKzBJSlFTbjNtClpnVThwQXRjTmxqeU5OTGxPeUNGQytNTy82L1p6b216Z09sVVM5"
                    + "MHRTSEN3Q0ttek5sUFc1cnBLTmUrSVRuYTIKSVRmS1Q4cExHd25veCtUV3ZZK3ljQUo2MC91UlFC"
                    + "RzhqMTI4NWMxclhrWnV4SmRGZ1hSZWJZUGJPclBpY3dVeAp5c1haQWdNQkFBR2dBREFOQmdrcWhr"
                    + "aUc5dzBCQVFzRkFBT0NBUUVBS2VpVHRIaVBGeVFOeVB0Uld1NHlFZStICmNVUFV1R3ZJUDg2VHMy"
                    + "UDArei84cWd3RUpLQ29tZmNLTU8zZzhyV1pLUGVNNlQ0TG8zdHROS3hQWFRSc3ZJS28KcEM1UFRE"
                    + "Y3ByVW8yMC9KNGlLVzM3WHowbGNwYUhDMTk0RU5CMjdodXNoRDJudlBDTVRQK1RzNDJlMmxFZDQv"
                    + "QwpYNFE0WW1BSW5oSkFrMzd6T0hTeHBjMENPTmtVcWVGekhmM2xNbnU1N05lc3BTWnVKZ0xCR0VJ"
                    + "MHVlS2VRRFZDCjM0Q0lDSXFFSTdhY1FFVEJXV0wxQzF4VzA5ZURlUU11Y3VjTi9zbExCYVlMR2Nk"
                    + "VWlMMU9GdWpmTlJWdERkYlcKM2ZGa0pjM2JuQ05Wd24vSmd2YzRweS91YWVVVEZTSkpIcmQ3N3NV"
                    + "QVFnU1JYYmFUWVd2d3dqeENkWFc2MVE9PQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0t"
                    + "LS0K";

    private final Map<ObjectKey, Resource> stored = new TreeMap<>();

    @Test
    void aPodGetsItsAccountAndItsToken() {
        store(Kinds.SERVICE_ACCOUNT, "metadata: {name: default, namespace: default}");
        ObjectNode pod = yaml(POD);
        assertThat(create(Kinds.POD, pod, 7)).isEmpty();
        JsonNode spec = pod.path("spec");
        assertThat(spec.path("serviceAccountName").asString()).isEqualTo("default");
        assertThat(spec.path("serviceAccount").asString()).isEqualTo("default");
        String volume = spec.at("/volumes/0/name").asString();
        assertThat(volume).matches("kube-api-access-[a-z0-9]{5}");
        assertThat(spec.at("/containers/0/volumeMounts"))
                .isEqualTo(
                        YAML.readTree(
                                "[{mountPath: /var/run/secrets/kubernetes.io/serviceaccount, name: "
                                        + volume
                                        + ", readOnly: true}]"));
        assertThat(spec.at("/volumes/0/projected"))
                .isEqualTo(
                        YAML.readTree(
                                """
                                defaultMode: 420
                                sources:
                                - serviceAccountToken: {expirationSeconds: 3607, path: token}
                                - configMap: {items: [{key: ca.crt, path: ca.crt}], name: kube-root-ca.crt}
                                - downwardAPI: {items: [{fieldRef: {apiVersion: v1, fieldPath: metadata.namespace}, path: namespace}]}
                                """));
    }

    @Test
    void theNameOfTheVolumeComesFromTheSeed() {
        store(Kinds.SERVICE_ACCOUNT, "metadata: {name: default, namespace: default}");
        assertThat(volumeMadeWith(1)).isEqualTo(volumeMadeWith(1)).isNotEqualTo(volumeMadeWith(2));
    }

    @Test
    void whoWantsNoTokenGetsNone() {
        store(
                Kinds.SERVICE_ACCOUNT,
                "{metadata: {name: default, namespace: default}, automountServiceAccountToken: true,"
                        + " imagePullSecrets: [{name: registry}]}");
        ObjectNode pod = yaml(POD);
        ((ObjectNode) pod.path("spec")).put("automountServiceAccountToken", false);
        assertThat(create(Kinds.POD, pod, 7)).isEmpty();
        assertThat(pod.path("spec").has("volumes")).isFalse();
        assertThat(pod.at("/spec/imagePullSecrets/0/name").asString()).isEqualTo("registry");
    }

    @Test
    void aPodOfNobodyIsRefused() {
        assertThat(create(Kinds.POD, yaml(POD), 7))
                .map(Refusal::message)
                .contains(
                        "pods \"web\" is forbidden: error looking up service account"
                                + " default/default: serviceaccount \"default\" not found");
    }

    @Test
    void prioritiesAreResolved() {
        store(Kinds.SERVICE_ACCOUNT, "metadata: {name: default, namespace: default}");
        store(
                Kinds.PRIORITY_CLASS,
                "{metadata: {name: high}, value: 1000, preemptionPolicy: Never}");
        ObjectNode pod = yaml(POD);
        ((ObjectNode) pod.path("spec")).put("priorityClassName", "high");
        assertThat(create(Kinds.POD, pod, 7)).isEmpty();
        assertThat(pod.at("/spec/priority").asInt()).isEqualTo(1000);
        assertThat(pod.at("/spec/preemptionPolicy").asString()).isEqualTo("Never");
        ((ObjectNode) pod.path("spec")).put("priorityClassName", "higher");
        assertThat(create(Kinds.POD, pod, 7))
                .map(Refusal::message)
                .contains("pods \"web\" is forbidden: no PriorityClass with name higher was found");
    }

    @Test
    void theGlobalDefaultAppliesAndIsUnique() {
        store(Kinds.SERVICE_ACCOUNT, "metadata: {name: default, namespace: default}");
        store(Kinds.PRIORITY_CLASS, "{metadata: {name: usual}, value: 10, globalDefault: true}");
        ObjectNode pod = yaml(POD);
        assertThat(create(Kinds.POD, pod, 7)).isEmpty();
        assertThat(pod.at("/spec/priorityClassName").asString()).isEqualTo("usual");
        assertThat(pod.at("/spec/priority").asInt()).isEqualTo(10);
        assertThat(
                        create(
                                Kinds.PRIORITY_CLASS,
                                yaml("{metadata: {name: other}, value: 1, globalDefault: true}"),
                                7))
                .map(Refusal::message)
                .contains(
                        "priorityclasses.scheduling.k8s.io \"other\" is forbidden: PriorityClass"
                                + " usual is already marked as default. Only one default can exist");
    }

    @Test
    void podsStayFiveMinutesOnLostNodes() {
        store(Kinds.SERVICE_ACCOUNT, "metadata: {name: default, namespace: default}");
        ObjectNode pod = yaml(POD);
        ((ObjectNode) pod.path("spec"))
                .putArray("tolerations")
                .addObject()
                .put("key", "node.kubernetes.io/not-ready")
                .put("operator", "Exists");
        assertThat(create(Kinds.POD, pod, 7)).isEmpty();
        assertThat(pod.at("/spec/tolerations"))
                .isEqualTo(
                        YAML.readTree(
                                """
                                - {key: node.kubernetes.io/not-ready, operator: Exists}
                                - {effect: NoExecute, key: node.kubernetes.io/unreachable, operator: Exists, tolerationSeconds: 300}
                                """));
    }

    @Test
    void runtimeClassesCostWhatTheySay() {
        store(Kinds.SERVICE_ACCOUNT, "metadata: {name: default, namespace: default}");
        ObjectNode pod = yaml(POD);
        ((ObjectNode) pod.path("spec")).put("runtimeClassName", "vm");
        assertThat(create(Kinds.POD, pod, 7))
                .map(Refusal::message)
                .contains("pods \"web\" is forbidden: pod rejected: RuntimeClass \"vm\" not found");
        Resource vm =
                new Resource(
                        yaml(
                                "{metadata: {name: vm}, overhead: {podFixed: {memory: 64Mi}},"
                                        + " scheduling: {nodeSelector: {vm: 'yes'}, tolerations:"
                                        + " [{key: vm, operator: Exists}]}}"));
        stored.put(vm.key(new GroupResource("node.k8s.io", "runtimeclasses")), vm);
        assertThat(create(Kinds.POD, pod, 7)).isEmpty();
        assertThat(pod.at("/spec/overhead/memory").asString()).isEqualTo("64Mi");
        assertThat(pod.at("/spec/nodeSelector/vm").asString()).isEqualTo("yes");
        assertThat(pod.at("/spec/tolerations").toString()).contains("\"vm\"");
        ((ObjectNode) pod.path("spec").path("nodeSelector")).put("vm", "no");
        assertThat(create(Kinds.POD, pod, 7)).isPresent();
    }

    @Test
    void claimsGetTheNewestDefaultClassAndAreProtected() {
        String isDefault = "annotations: {storageclass.kubernetes.io/is-default-class: 'true'}";
        store(
                Kinds.STORAGE_CLASS,
                "metadata: {name: old, creationTimestamp: '2026-01-01T00:00:00Z', %s}"
                        .formatted(isDefault));
        store(
                Kinds.STORAGE_CLASS,
                "metadata: {name: new, creationTimestamp: '2026-02-01T00:00:00Z', %s}"
                        .formatted(isDefault));
        ObjectNode claim = yaml("{metadata: {name: data, namespace: a}, spec: {}}");
        ObjectNode classless =
                yaml("{metadata: {name: data, namespace: a}, spec: {storageClassName: ''}}");

        assertThat(create(Kinds.PERSISTENT_VOLUME_CLAIM, claim, 7)).isEmpty();
        assertThat(create(Kinds.PERSISTENT_VOLUME_CLAIM, classless, 7)).isEmpty();

        assertThat(claim.at("/spec/storageClassName").asString()).isEqualTo("new");
        assertThat(claim.at("/metadata/finalizers/0").asString())
                .isEqualTo("kubernetes.io/pvc-protection");
        assertThat(classless.at("/spec/storageClassName").asString()).isEmpty();
        ObjectNode volume =
                yaml("metadata: {name: disk, finalizers: [kubernetes.io/pv-protection]}");
        assertThat(create(Kinds.PERSISTENT_VOLUME, volume, 7)).isEmpty();
        assertThat(volume.at("/metadata/finalizers").toString())
                .isEqualTo("[\"kubernetes.io/pv-protection\"]");
    }

    @Test
    void onlyBoundClaimsOfExpandableClassesGrow() {
        store(Kinds.STORAGE_CLASS, "{metadata: {name: big}, allowVolumeExpansion: true}");
        store(Kinds.STORAGE_CLASS, "metadata: {name: rigid}");

        assertThat(grow("Bound", "big")).isEmpty();
        assertThat(grow("Pending", "big"))
                .contains(
                        "persistentvolumeclaims \"data\" is forbidden: Only bound persistent volume"
                                + " claims can be expanded");
        assertThat(grow("Bound", "rigid"))
                .contains(
                        "persistentvolumeclaims \"data\" is forbidden: only dynamically provisioned"
                                + " pvc can be resized and the storageclass that provisions the pvc"
                                + " must support resize");
    }

    private Optional<String> grow(String phase, String storageClass) {
        String claim =
                "{metadata: {name: data, namespace: a}, spec: {storageClassName: %s, resources:"
                        + " {requests: {storage: %s}}}, status: {phase: %s}}";
        Resource before = new Resource(yaml(claim.formatted(storageClass, "1Gi", phase)));
        return as(ADMIN, 7)
                .run(
                        Kinds.PERSISTENT_VOLUME_CLAIM,
                        Operation.UPDATE,
                        yaml(claim.formatted(storageClass, "2Gi", phase)),
                        Optional.of(before))
                .map(Refusal::message);
    }

    @Test
    void aNodeWritesOnlyItsOwnSlicesAndCsiNode() {
        assertThat(byNode(Kinds.CSI_NODE, Operation.UPDATE, "metadata: {name: node-1}")).isEmpty();
        assertThat(byNode(Kinds.CSI_NODE, Operation.UPDATE, "metadata: {name: node-2}"))
                .isPresent();
        assertThat(
                        byNode(
                                Kinds.RESOURCE_SLICE,
                                Operation.CREATE,
                                "{metadata: {name: s}, spec: {nodeName: node-1}}"))
                .isEmpty();
        assertThat(
                        byNode(
                                Kinds.RESOURCE_SLICE,
                                Operation.CREATE,
                                "{metadata: {name: s}, spec: {nodeName: node-2}}"))
                .contains(
                        "resourceslices.resource.k8s.io \"s\" is forbidden: can only create"
                                + " ResourceSlice with the same NodeName as the requesting node");
    }

    @Test
    void newNodesAreTainted() {
        ObjectNode node = yaml("metadata: {name: node-1}");
        assertThat(create(Kinds.NODE, node, 7)).isEmpty();
        assertThat(node.at("/spec/taints"))
                .isEqualTo(
                        YAML.readTree("[{effect: NoSchedule, key: node.kubernetes.io/not-ready}]"));
    }

    @Test
    void aNodeWritesOnlyWhatIsItsOwn() {
        assertThat(byNode(Kinds.NODE, Operation.UPDATE, "metadata: {name: node-1}")).isEmpty();
        assertThat(byNode(Kinds.NODE, Operation.UPDATE, "metadata: {name: node-2}"))
                .contains(
                        "nodes \"node-2\" is forbidden: node \"node-1\" is not allowed to modify"
                                + " node \"node-2\"");
        assertThat(
                        byNode(
                                Kinds.LEASE,
                                Operation.CREATE,
                                "metadata: {name: node-2, namespace: kube-node-lease}"))
                .contains(
                        "leases.coordination.k8s.io \"node-2\" is forbidden: can only access node"
                                + " lease with the same name as the requesting node");
        assertThat(
                        byNode(
                                Kinds.POD,
                                Operation.DELETE,
                                "{metadata: {name: web, namespace: a}, spec: {nodeName: node-2}}"))
                .contains(
                        "pods \"web\" is forbidden: node \"node-1\" can only delete pods with"
                                + " spec.nodeName set to itself");
        assertThat(
                        byNode(
                                Kinds.POD,
                                Operation.CREATE,
                                "{metadata: {name: web, namespace: a, annotations:"
                                        + " {kubernetes.io/config.mirror: x}}, spec: {nodeName:"
                                        + " node-1, containers: [{envFrom: [{configMapRef: {name:"
                                        + " c}}]}]}}"))
                .contains(
                        "pods \"web\" is forbidden: node \"node-1\" can not create pods that"
                                + " reference configmaps");
    }

    @Test
    void aNodeDoesNotTakeOffItsTaintsNorChooseItsLabels() {
        Resource before =
                new Resource(
                        yaml(
                                "{metadata: {name: node-1}, spec: {taints: [{key: a, effect:"
                                        + " NoExecute}]}}"));
        assertThat(nodeUpdates(before, "metadata: {name: node-1}"))
                .contains(
                        "nodes \"node-1\" is forbidden: node \"node-1\" is not allowed to modify"
                                + " taints");
        Resource plain = new Resource(yaml("metadata: {name: node-1}"));
        assertThat(
                        nodeUpdates(
                                plain,
                                "metadata: {name: node-1, labels: {kubernetes.io/hostname: a, x: y,"
                                        + " node-restriction.kubernetes.io/a: b}}"))
                .contains(
                        "nodes \"node-1\" is forbidden: node \"node-1\" is not allowed to modify"
                                + " labels: node-restriction.kubernetes.io/a");
    }

    private String volumeMadeWith(long seed) {
        ObjectNode pod = yaml(POD);
        assertThat(create(Kinds.POD, pod, seed)).isEmpty();
        return pod.at("/spec/volumes/0/name").asString();
    }

    private Optional<Refusal> create(Kind kind, ObjectNode object, long seed) {
        return as(ADMIN, seed).run(kind, Operation.CREATE, object, Optional.empty());
    }

    private PluginRuns as(Caller caller, long seed) {
        return new PluginRuns(new StoredObjects(), caller, seed);
    }

    private Optional<String> byNode(Kind kind, Operation operation, String object) {
        ObjectNode tree = yaml(object);
        Optional<Resource> before =
                operation == Operation.CREATE
                        ? Optional.empty()
                        : Optional.of(new Resource(tree).copy());
        return as(node(), 7).run(kind, operation, tree, before).map(Refusal::message);
    }

    @Test
    void anIngressGetsTheNewestDefaultClass() {
        for (String each : List.of("old: 2026-01-01", "new: 2026-02-01")) {
            String[] parts = each.split(": ");
            store(
                    Kinds.INGRESS_CLASS,
                    "metadata: {name: %s, creationTimestamp: \"%sT00:00:00Z\", annotations: {ingressclass.kubernetes.io/is-default-class: \"true\"}}"
                            .formatted(parts[0], parts[1]));
        }
        store(
                Kinds.INGRESS_CLASS,
                "metadata: {name: other, creationTimestamp: \"2026-03-01T00:00:00Z\"}");
        ObjectNode plain = yaml("{metadata: {name: i, namespace: default}, spec: {}}");
        ObjectNode named =
                yaml("{metadata: {name: i, namespace: default}, spec: {ingressClassName: mine}}");
        ObjectNode annotated =
                yaml(
                        "{metadata: {name: i, namespace: default, annotations: {kubernetes.io/ingress.class: mine}}, spec: {}}");
        List.of(plain, named, annotated)
                .forEach(each -> assertThat(create(Kinds.INGRESS, each, 7)).isEmpty());

        assertThat(plain.at("/spec/ingressClassName").asString()).isEqualTo("new");
        assertThat(named.at("/spec/ingressClassName").asString()).isEqualTo("mine");
        assertThat(annotated.path("spec").has("ingressClassName")).isFalse();
    }

    @Test
    void nobodyAsksForTheCertificateOfAMaster() {
        ObjectNode request =
                yaml(
                        "{metadata: {name: c}, spec: {signerName: kubernetes.io/kube-apiserver-client, request: %s}}"
                                .formatted(OF_A_MASTER));

        assertThat(create(Kinds.CERTIFICATE_SIGNING_REQUEST, request, 7))
                .map(Refusal::message)
                .contains(
                        "certificatesigningrequests.certificates.k8s.io \"c\" is forbidden: use of"
                                + " kubernetes.io/kube-apiserver-client signer with system:masters"
                                + " group is not allowed");
        ((ObjectNode) request.path("spec")).put("signerName", "example.com/other");
        assertThat(create(Kinds.CERTIFICATE_SIGNING_REQUEST, request, 7)).isEmpty();
    }

    @Test
    void devicesInUseAreReachedFromNamespacesOfAdministratorsOnly() {
        String requests =
                "[{name: a, exactly: {deviceClassName: x}},"
                        + " {name: b, exactly: {deviceClassName: x, adminAccess: true}}]";
        ObjectNode claim =
                yaml(
                        "{metadata: {name: c, namespace: default}, spec: {devices: {requests: %s}}}"
                                .formatted(requests));
        ObjectNode template =
                yaml(
                        "{metadata: {name: t, namespace: default}, spec: {spec: {devices: {requests: %s}}}}"
                                .formatted(requests));
        String why =
                " is invalid: spec.devices.requests[1].adminAccess: Forbidden: admin access to"
                        + " devices requires the `resource.kubernetes.io/admin-access: true` label"
                        + " on the containing namespace";

        assertThat(create(Kinds.RESOURCE_CLAIM, claim, 7).map(Refusal::message))
                .contains("ResourceClaim.resource.k8s.io \"c\"" + why);
        assertThat(create(Kinds.RESOURCE_CLAIM_TEMPLATE, template, 7).map(Refusal::message))
                .contains("ResourceClaimTemplate.resource.k8s.io \"t\"" + why);

        store(
                Kinds.NAMESPACE,
                "metadata: {name: default, labels: {resource.kubernetes.io/admin-access: 'true'}}");
        assertThat(create(Kinds.RESOURCE_CLAIM, claim, 7)).isEmpty();
    }

    private Optional<String> nodeUpdates(Resource before, String object) {
        return as(node(), 7)
                .run(Kinds.NODE, Operation.UPDATE, yaml(object), Optional.of(before))
                .map(Refusal::message);
    }

    private static Caller node() {
        return new Caller("system:node:node-1", "", List.of("system:nodes"), new TreeMap<>());
    }

    private void store(Kind kind, String object) {
        Resource resource = new Resource(yaml(object));
        stored.put(resource.key(kind.resource()), resource);
    }

    private static ObjectNode yaml(String text) {
        return (ObjectNode) YAML.readTree(text);
    }

    private final class StoredObjects implements ClusterView {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return Optional.ofNullable(stored.get(key));
        }

        @Override
        public List<Resource> list(GroupResource resource, String namespace) {
            return stored.entrySet().stream()
                    .filter(each -> each.getKey().resource().equals(resource))
                    .filter(
                            each ->
                                    namespace.isEmpty()
                                            || each.getKey().namespace().equals(namespace))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }
}
