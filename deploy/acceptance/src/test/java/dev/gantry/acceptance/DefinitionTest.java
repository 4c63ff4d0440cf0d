package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Custom resources as kubectl meets them, in the shapes that well-known operators bring along. */
@ExtendWith(Cluster.Shared.class)
final class DefinitionTest {
    private static final Path MANIFESTS = Path.of("src/test/resources/manifests");
    private static final String DEFINITIONS = MANIFESTS.resolve("definitions.yaml").toString();
    private static final String OBJECTS = MANIFESTS.resolve("objects.yaml").toString();

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    @TempDir private Path folder;

    DefinitionTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @AfterEach
    void deleteDefinitions() {
        ns.kubectl("delete", "-f", DEFINITIONS, "--ignore-not-found", TestNamespace.timeout());
    }

    @Test
    void manyShapesAreAppliedComparedExplainedAndWaitedFor() {
        ns.kubectl("apply", "-f", DEFINITIONS);
        ns.established("-f", DEFINITIONS);
        Cluster.Result before = ns.tryKubectl("diff", "-f", OBJECTS);
        assertThat(before.code()).as(before.text()).isEqualTo(1);
        assertThat(before.out()).contains("+  secretName: site-tls", "+  scrapeInterval: 30s");

        ns.kubectl("apply", "-f", OBJECTS);
        assertThat(ns.tryKubectl("diff", "-f", OBJECTS).code()).isZero();
        assertThat(ns.kubectl("apply", "-f", OBJECTS))
                .contains("certificate.pki.example.com/site unchanged");
        changesWhatIsApplied();
        assertThat(ns.kubectl("get", "pki", "-o", "wide")).contains("SECRET", "ISSUER", "own");
        assertThat(ns.kubectl("get", "crt", "--field-selector", "spec.issuerRef.name=own"))
                .contains("site-tls");
        assertThat(ns.at("/spec/podTemplate/spec/anything/1/deep", "get", "mon", "site"))
                .isEqualTo("true");
        assertThat(ns.kubectl("explain", "certificate.spec.privateKey"))
                .contains("rotationPolicy", "How keys are made.", "ECDSA");
        assertThat(ns.kubectl("explain", "monitors", "--recursive")).contains("matchLabels");
        Cluster.Result old = ns.tryKubectl("get", "certificates.v1beta1.pki.example.com", "site");
        assertThat(old.code()).as(old.text()).isZero();
        assertThat(old.errors()).contains("v1beta1 Certificate is deprecated; use v1");

        ns.kubectl(
                "patch",
                "crt",
                "site",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}}");
        ns.waitFor("crt/site", "condition=Ready");
        assertThat(ns.kubectl("get", "crt")).contains("True");
        ns.kubectl("scale", "mon/site", "--replicas=3");
        assertThat(ns.at("/spec/replicas", "get", "mon", "site")).isEqualTo("3");
        ns.kubectl("delete", "-f", OBJECTS);
        ns.kubectl("wait", "-f", OBJECTS, "--for=delete", TestNamespace.timeout());
    }

    @Test
    void serverSideApplyKeepsWhoOwnsWhat() {
        ns.kubectl("apply", "--server-side", "-f", DEFINITIONS);
        ns.established("-f", DEFINITIONS);
        ns.kubectl("apply", "--server-side", "-f", OBJECTS);
        Cluster.Result conflict = applyAs("somebody", "a.example.com");
        assertThat(conflict.errors()).contains("conflict with \"kubectl\": .spec.dnsNames");
        Cluster.Result forced = applyAs("somebody", "c.example.com", "--force-conflicts");
        assertThat(forced.code()).as(forced.text()).isZero();
        assertThat(ns.json("get", "crt", "site").at("/spec/dnsNames")).hasSize(1);
        JsonNode owners = ns.json("get", "crt", "site", "--show-managed-fields");
        assertThat(owners.at("/metadata/managedFields").findValuesAsString("manager"))
                .contains("kubectl", "somebody");
        assertThat(ns.tryKubectl("diff", "--server-side", "-f", OBJECTS).errors())
                .contains("conflict with \"somebody\"");
    }

    @Test
    void whatIsInvalidIsRefusedAsAWhole() {
        ns.kubectl("apply", "-f", DEFINITIONS);
        ns.established("-f", DEFINITIONS);
        Cluster.Result refused =
                cluster.kubectlWithYaml(
                        """
                        apiVersion: pki.example.com/v1
                        kind: Certificate
                        metadata: {name: wrong}
                        spec:
                          issuerRef: {kind: Issuer}
                          usages: [nonsense]
                          privateKey: {algorithm: Ed25519, size: 1}
                          secretName: s
                        """,
                        "create",
                        "-n",
                        ns.name(),
                        "-f",
                        "-");
        assertThat(refused.errors())
                .contains(
                        "spec.issuerRef.name: Required value",
                        "spec.usages[0]: Unsupported value: \"nonsense\"");
        Cluster.Result unknown =
                cluster.kubectlWithYaml(
                        """
                        apiVersion: watch.example.com/v1
                        kind: Monitor
                        metadata: {name: wrong}
                        spec: {endpoints: [{prot: http}]}
                        """,
                        "apply",
                        "-n",
                        ns.name(),
                        "-f",
                        "-");
        assertThat(unknown.errors()).contains("unknown field \"spec.endpoints[0].prot\"");
    }

    /** As some operators' are: {@code kubectl apply} would write all of it into an annotation. */
    @Test
    void aDefinitionOfMoreThanAnAnnotationHoldsIsAppliedByTheServer() throws IOException {
        String name = "larges.big.example.com";
        Path file = folder.resolve("large.json");
        Files.writeString(file, large(name));
        assertThat(Files.size(file)).isGreaterThan(600_000);
        try {
            Cluster.Result byClient = ns.tryKubectl("apply", "-f", file.toString());
            assertThat(byClient.errors())
                    .contains("metadata.annotations: Too long: may not be more than 262144 bytes");
            ns.kubectl("apply", "--server-side", "-f", file.toString());
            ns.established("crd/" + name);
            assertThat(ns.kubectl("explain", "larges.spec.part7.field3")).contains("Field 3 of 7");
            ns.apply(
                    """
                    apiVersion: big.example.com/v1
                    kind: Large
                    metadata: {name: one}
                    spec: {part7: {field3: [x]}}
                    """);
            assertThat(ns.at("/spec/part7/field3/0", "get", "large", "one")).isEqualTo("x");
        } finally {
            ns.kubectl("delete", "crd", name, "--ignore-not-found", TestNamespace.timeout());
        }
    }

    private void changesWhatIsApplied() {
        ns.apply(
                """
                apiVersion: pki.example.com/v1
                kind: Certificate
                metadata: {name: site}
                spec: {secretName: site-tls, issuerRef: {name: own}, dnsNames: [b.example.com]}
                """);
        assertThat(ns.json("get", "crt", "site").at("/spec/dnsNames")).hasSize(1);
        assertThat(ns.json("get", "crt", "site").at("/spec/privateKey").isMissingNode()).isTrue();
        ns.kubectl("apply", "-f", OBJECTS);
    }

    private Cluster.Result applyAs(String manager, String name, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "apply",
                                "--server-side",
                                "--field-manager=" + manager,
                                "-n",
                                ns.name(),
                                "-f",
                                "-"));
        command.addAll(List.of(more));
        return cluster.kubectlWithYaml(
                """
                apiVersion: pki.example.com/v1
                kind: Certificate
                metadata: {name: site}
                spec: {dnsNames: [%s]}
                """
                        .formatted(name),
                command.toArray(String[]::new));
    }

    private static String large(String name) {
        var parts = new StringBuilder();
        for (int part = 0; part < 60; part++) {
            var fields = new StringBuilder();
            for (int field = 0; field < 60; field++) {
                fields.append(field == 0 ? "" : ",")
                        .append(
                                """
                                "field%1$d": {"type": "array", "items": {"type": "string"}, "description": "Field %1$d of %2$d. %3$s"}
                                """
                                        .formatted(field, part, "It says much. ".repeat(8)));
            }
            parts.append(part == 0 ? "" : ",")
                    .append(
                            "\"part%d\": {\"type\": \"object\", \"properties\": {%s}}"
                                    .formatted(part, fields));
        }
        return """
        {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "%s"},
         "spec": {"group": "big.example.com", "scope": "Namespaced",
          "names": {"kind": "Large", "plural": "larges", "singular": "large"},
          "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema":
           {"type": "object", "properties": {"spec": {"type": "object", "properties": {%s}}}}}}]}}
        """
                .formatted(name, parts);
    }
}
