package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of kubectl that look, find and change. */
@ExtendWith(Cluster.Shared.class)
final class KubectlTest {
    @AutoClose private final TestNamespace ns;

    @TempDir Path folder;

    KubectlTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void printsObjectsInEveryForm(Cluster cluster) {
        ns.sleeper("box");
        assertThat(ns.kubectl("get", "pods"))
                .contains("NAME", "READY", "STATUS", "RESTARTS", "AGE", "1/1", "Running");
        assertThat(ns.kubectl("get", "pods", "-o", "wide")).contains("NODE", "node-");
        assertThat(ns.kubectl("get", "pod", "box", "-o", "yaml"))
                .contains("kind: Pod", "phase: Running");
        assertThat(
                        ns.kubectl(
                                "get",
                                "pods",
                                "-o",
                                "custom-columns=N:.metadata.name,P:.status.phase"))
                .contains("box", "Running");
        assertThat(ns.kubectl("get", "pods", "-o", "jsonpath={.items[0].metadata.name}"))
                .isEqualTo("box");
        assertThat(cluster.kubectl("get", "pods", "-A")).contains(ns.name());
        assertThat(cluster.kubectl("get", "nodes", "-o", "wide"))
                .contains("Ready", "containerd://", "10.89.");
        assertThat(ns.kubectl("get", "all")).contains("pod/box");
    }

    @Test
    void selectsByLabelAndField() {
        ns.kubectl("create", "configmap", "one");
        ns.kubectl("create", "configmap", "two");
        ns.kubectl("label", "configmap", "one", "tier=front");
        assertThat(ns.kubectl("get", "configmaps", "-l", "tier=front", "-o", "name"))
                .isEqualTo("configmap/one\n");
        assertThat(ns.kubectl("get", "configmaps", "-l", "tier in (front, back)", "-o", "name"))
                .isEqualTo("configmap/one\n");
        assertThat(ns.kubectl("get", "configmaps", "-l", "!tier", "-o", "name"))
                .contains("configmap/two")
                .doesNotContain("one");
        assertThat(
                        ns.kubectl(
                                "get",
                                "configmaps",
                                "--field-selector",
                                "metadata.name=two",
                                "-o",
                                "name"))
                .isEqualTo("configmap/two\n");
        Cluster.Result unknown = ns.tryKubectl("get", "configmaps", "--field-selector", "data.a=b");
        assertThat(unknown.errors())
                .contains(
                        "\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    @Test
    void watchesChanges(Cluster cluster) throws Exception {
        ns.kubectl("create", "configmap", "seen");
        try (var watch =
                RunningKubectl.start(
                        cluster,
                        folder,
                        "get",
                        "configmap",
                        "seen",
                        "-n",
                        ns.name(),
                        "-w",
                        "-o",
                        "jsonpath=color:{.data.color}{\"\\n\"}")) {
            watch.awaitOutput(Pattern.compile("(?m)^color:$"));
            ns.kubectl("patch", "configmap", "seen", "-p", "{\"data\":{\"color\":\"green\"}}");
            watch.awaitOutput(Pattern.compile("(?m)^color:green$"));
        }
    }

    @Test
    void changesObjectsInEveryWay(Cluster cluster) throws Exception {
        ns.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1', count: '2'}}");
        ns.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '3'}}");
        assertThat(ns.json("get", "configmap", "a").path("data").toString())
                .isEqualTo("{\"x\":\"3\"}");
        ns.kubectl(
                "patch",
                "configmap",
                "a",
                "--type=merge",
                "-p",
                "{\"data\":{\"count\":\"4\",\"x\":null}}");
        ns.kubectl(
                "patch",
                "configmap",
                "a",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/data/z\",\"value\":\"5\"}]");
        assertThat(ns.json("get", "configmap", "a").path("data").toString())
                .isEqualTo("{\"count\":\"4\",\"z\":\"5\"}");
        ns.kubectl("annotate", "configmap", "a", "note=read me");
        assertThat(ns.at("/metadata/annotations/note", "get", "configmap", "a"))
                .isEqualTo("read me");

        Path editor = folder.resolve("editor");
        Files.writeString(editor, "#!/bin/sh\nsed -i 's/count: \"4\"/count: \"6\"/' \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        Cluster.Result edited =
                cluster.kubectlIn(
                        Map.of("KUBE_EDITOR", editor.toString()),
                        "",
                        "edit",
                        "configmap",
                        "a",
                        "-n",
                        ns.name());
        assertThat(edited.code()).as(edited.text()).isZero();
        assertThat(ns.at("/data/count", "get", "configmap", "a")).isEqualTo("6");
    }

    @Test
    void appliesOnTheServerSide(Cluster cluster) {
        String yaml = "{apiVersion: v1, kind: ConfigMap, metadata: {name: owned}, data: {x: '1'}}";
        cluster.kubectlWithYaml(yaml, "apply", "--server-side", "-n", ns.name(), "-f", "-");
        Cluster.Result conflict =
                cluster.kubectlWithYaml(
                        yaml.replace("'1'", "'2'"),
                        "apply",
                        "--server-side",
                        "--field-manager=other",
                        "-n",
                        ns.name(),
                        "-f",
                        "-");
        assertThat(conflict.code()).isNotZero();
        assertThat(conflict.errors()).contains("conflict with \"kubectl\"", ".data.x");
        cluster.kubectlWithYaml(
                yaml.replace("'1'", "'2'"),
                "apply",
                "--server-side",
                "--force-conflicts",
                "--field-manager=other",
                "-n",
                ns.name(),
                "-f",
                "-");
        assertThat(ns.at("/data/x", "get", "configmap", "owned")).isEqualTo("2");
    }

    /** What kubectl made or applied on its side is its own, and moves to the server's side. */
    @Test
    void movesFromItsOwnApplyToTheServers(Cluster cluster) {
        String yaml = "{apiVersion: v1, kind: ConfigMap, metadata: {name: moved}, data: {x: '1'}}";
        String[] onServer = {"apply", "--server-side", "-n", ns.name(), "-f", "-"};
        ns.kubectl("create", "configmap", "made", "--from-literal=x=1");
        Cluster.Result conflict =
                cluster.kubectlWithYaml(
                        yaml.replace("moved", "made").replace("'1'", "'2'"), onServer);
        assertThat(conflict.errors())
                .contains("conflict with \"kubectl-create\" using v1", ".data.x");

        ns.apply(yaml);
        assertThat(managers("moved")).containsExactly("kubectl-client-side-apply");
        Cluster.Result applied = cluster.kubectlWithYaml(yaml.replace("'1'", "'2'"), onServer);
        assertThat(applied.code()).as(applied.text()).isZero();
        ns.kubectl("patch", "configmap", "moved", "-p", "{\"data\":{\"y\":\"1\"}}");
        Cluster.Result less = cluster.kubectlWithYaml(yaml.replace("x: '1'", "z: '1'"), onServer);
        assertThat(less.code()).as(less.text()).isZero();

        assertThat(managers("moved"))
                .containsExactly("kubectl-last-applied", "kubectl", "kubectl-patch");
        assertThat(ns.json("get", "configmap", "moved").path("data").propertyNames())
                .containsExactlyInAnyOrder("y", "z");
    }

    private List<String> managers(String configMap) {
        return ns.json("get", "configmap", configMap, "--show-managed-fields")
                .at("/metadata/managedFields")
                .findValuesAsString("manager");
    }

    @Test
    void describesAndExplains(Cluster cluster) {
        ns.sleeper("box");
        // Scheduler and agent tell of it each in their own time.
        eventually(
                () ->
                        ns.kubectl("describe", "pod", "box")
                                .contains(
                                        "Successfully assigned %s/box to node-"
                                                .formatted(ns.name())));
        eventually(() -> ns.kubectl("describe", "pod", "box").contains("Container started"));
        assertThat(ns.kubectl("describe", "pod", "box"))
                .contains("Container created", "QoS Class:");
        assertThat(ns.kubectl("get", "events")).contains("Scheduled", "Started");
        assertThat(cluster.kubectl("describe", "node", "node-1"))
                .contains("Capacity:", "Allocatable:", "Non-terminated Pods:");
        assertThat(cluster.kubectl("explain", "pod.spec.containers.livenessProbe"))
                .contains("httpGet", "DESCRIPTION");
        assertThat(cluster.kubectl("api-resources"))
                .contains("deployments", "apps/v1", "endpointslices", "po ");
        assertThat(cluster.kubectl("api-versions"))
                .contains("apps/v1", "rbac.authorization.k8s.io/v1", "v1");
        assertThat(cluster.kubectl("version")).contains("v1.36.0+gantry");
        assertThat(cluster.kubectl("cluster-info")).contains("control plane");
    }

    @Test
    void tellsWhoMayDoWhat(Cluster cluster) {
        assertThat(cluster.kubectl("auth", "can-i", "create", "deployments").strip())
                .isEqualTo("yes");
        String account = "system:serviceaccount:" + ns.name() + ":default";
        Cluster.Result refused = ns.tryKubectl("auth", "can-i", "list", "pods", "--as=" + account);
        assertThat(refused.out().strip()).isEqualTo("no");
        ns.kubectl("create", "role", "reader", "--verb=get,list,watch", "--resource=pods");
        ns.kubectl(
                "create",
                "rolebinding",
                "reader",
                "--role=reader",
                "--serviceaccount=" + ns.name() + ":default");
        eventually(
                () ->
                        ns.tryKubectl("auth", "can-i", "list", "pods", "--as=" + account)
                                .out()
                                .strip()
                                .equals("yes"));
        Cluster.Result secrets = ns.tryKubectl("get", "secrets", "--as=" + account);
        assertThat(secrets.errors())
                .contains(
                        "Error from server (Forbidden): secrets is forbidden: User \""
                                + account
                                + "\" cannot list resource \"secrets\" in API group \"\" in the namespace \""
                                + ns.name()
                                + "\"");
        assertThat(cluster.kubectl("auth", "whoami"))
                .contains("kubernetes-admin", "system:masters");
    }

    @Test
    void aTokenOfAServiceAccountWorksFromInsideAPod() {
        ns.kubectl("create", "role", "reader", "--verb=get,list", "--resource=pods");
        ns.kubectl(
                "create",
                "rolebinding",
                "reader",
                "--role=reader",
                "--serviceaccount=" + ns.name() + ":default");
        ns.sleeper("box");
        String get =
                "wget -q -O- --no-check-certificate --header \"Authorization: Bearer $(cat /var/run/secrets/kubernetes.io/serviceaccount/token)\""
                        + " https://kubernetes.default.svc/api/v1/namespaces/"
                        + ns.name()
                        + "/pods";
        eventually(
                () ->
                        ns.tryKubectl("exec", "box", "--", "sh", "-c", get)
                                .out()
                                .contains("\"PodList\""));
        assertThat(ns.kubectl("create", "token", "default")).startsWith("ey");
    }

    @Test
    void refusesInTheWordsOfKubernetes(Cluster cluster) {
        Cluster.Result badName = ns.tryKubectl("create", "configmap", "Bad_Name");
        assertThat(badName.errors())
                .contains(
                        "is invalid: metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain");
        Cluster.Result unknown =
                cluster.kubectlWithYaml(
                        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {container: []}}",
                        "apply",
                        "-n",
                        ns.name(),
                        "-f",
                        "-");
        assertThat(unknown.errors()).contains("unknown field \"spec.container\"");
        Cluster.Result empty =
                cluster.kubectlWithYaml(
                        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}",
                        "apply",
                        "-n",
                        ns.name(),
                        "-f",
                        "-");
        assertThat(empty.errors()).contains("spec.containers: Required value");
        assertThat(ns.tryKubectl("get", "pod", "absent").errors())
                .contains("Error from server (NotFound): pods \"absent\" not found");
        assertThat(cluster.tryKubectl("get", "gadgets").errors())
                .contains("the server doesn't have a resource type \"gadgets\"");
        ns.kubectl("create", "configmap", "twice");
        assertThat(ns.tryKubectl("create", "configmap", "twice").errors())
                .contains("configmaps \"twice\" already exists");
    }
}
