package dev.gantry.acceptance.helm;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** One chart through all that Helm does with it. */
@Order(7)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Cluster.BESIDE)
@ExtendWith(Cluster.Beside.class)
final class HelmTest {
    private static final String WAIT = "--wait";
    private static final String LIMIT = TestNamespace.timeout();

    private final Cluster cluster;
    @AutoClose private final TestNamespace ns;
    private final Helm helm;

    HelmTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        helm = Helm.in(cluster, ns.name());
    }

    /** Helm never deletes what is in {@code crds/}. */
    @AfterEach
    void deleteDefinition() {
        helm.attempt("uninstall", "web", "--ignore-not-found", WAIT, LIMIT);
        cluster.kubectl("delete", "crd", "pages.web.example.com", "--ignore-not-found");
    }

    @Test
    void installsTestsUpgradesRollsBackAndUninstalls() {
        installsAfterADryRun();
        runsTests();
        upgrades();
        rollsBack();
        uninstalls();
    }

    @Test
    void anUpgradeThatFailsIsRolledBack() {
        helm.run("install", "web", Helm.chart("web"), WAIT, LIMIT);
        Cluster.Result failed =
                helm.attempt(
                        "upgrade",
                        "web",
                        Helm.chart("web"),
                        "--set",
                        "image=localhost/gantry/none:1,progressDeadlineSeconds=5",
                        "--rollback-on-failure",
                        LIMIT);
        assertThat(failed.code()).isNotZero();
        assertThat(failed.errors()).contains("rolled back due to rollback-on-failure");
        JsonNode history = helm.json("history", "web");
        assertThat(history.findValuesAsString("status"))
                .containsExactly("superseded", "failed", "deployed");
        assertThat(ns.at("/spec/template/spec/containers/0/image", "get", "deployment", "web"))
                .isEqualTo(Cluster.IMAGE);
        ns.rolledOut("web");
    }

    @Test
    void whatSomebodyElseAppliedIsInConflictUntilItIsForced() {
        helm.run("install", "web", Helm.chart("web"), WAIT, LIMIT);
        cluster.kubectlWithYaml(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: web}
                data: {index.html: theirs}
                """,
                "apply",
                "--server-side",
                "--force-conflicts",
                "--field-manager=somebody",
                "-n",
                ns.name(),
                "-f",
                "-");
        String[] upgrade = {"upgrade", "web", Helm.chart("web"), "--set", "message=ours", LIMIT};
        Cluster.Result refused = helm.attempt(upgrade);
        assertThat(refused.code()).isNotZero();
        assertThat(refused.errors()).contains("conflict with \"somebody\"", ".data.index.html");
        assertThat(page()).isEqualTo("theirs");

        String[] forced = Arrays.copyOf(upgrade, upgrade.length + 1);
        forced[upgrade.length] = "--force-conflicts";
        helm.run(forced);
        assertThat(page()).isEqualTo("ours\n");
    }

    @Test
    void aReleaseMayPatchInsteadOfApply() {
        helm.run("install", "web", Helm.chart("web"), "--server-side=false", WAIT, LIMIT);
        ns.kubectl("label", "service", "web", "added=by-hand");
        helm.run(
                "upgrade",
                "web",
                Helm.chart("web"),
                "--set",
                "message=again",
                "--server-side=false",
                WAIT,
                LIMIT);
        assertThat(page()).isEqualTo("again\n");
        assertThat(ns.at("/metadata/labels/added", "get", "service", "web")).isEqualTo("by-hand");
        ns.rolledOut("web");
    }

    @Test
    void refusesValuesAndObjectsThatAreInvalid() {
        Cluster.Result values =
                helm.attempt("install", "web", Helm.chart("web"), "--set", "replicas=0");
        assertThat(values.errors()).contains("replicas", "minimum");
        Cluster.Result object =
                helm.attempt("install", "web", Helm.chart("web"), "--set", "maxReplicas=1");
        assertThat(object.errors())
                .contains("HorizontalPodAutoscaler", "spec.maxReplicas: Invalid value: 1");
    }

    /** A dry run makes no definitions, so that these have to be there. */
    private void installsAfterADryRun() {
        ns.kubectl("apply", "-f", Helm.chart("web") + "/crds");
        ns.established("crd/pages.web.example.com");
        String planned = helm.run("install", "web", Helm.chart("web"), "--dry-run=server");
        assertThat(planned).contains("kind: HorizontalPodAutoscaler", "index.html: |\n    hello");
        assertThat(ns.tryKubectl("get", "deployment", "web").errors()).contains("NotFound");

        helm.run("install", "web", Helm.chart("web"), WAIT, LIMIT);
        assertThat(helm.json("status", "web").at("/info/status").asString()).isEqualTo("deployed");
        assertThat(helm.json("list").findValuesAsString("chart")).containsExactly("web-1.0.0");
        assertThat(helm.run("get", "notes", "web")).contains("answers with \"hello\"");
        assertThat(helm.run("get", "manifest", "web")).contains("kind: NetworkPolicy");
        assertThat(helm.run("get", "hooks", "web")).contains("helm.sh/hook: pre-install");
        assertThat(helm.run("get", "values", "web", "--all")).contains("replicas: 2");
        assertThat(ns.kubectl("get", "pages")).contains("PATH", "Untitled");
        assertThat(finished("pre-install")).isBeforeOrEqualTo(created("deployment", "web"));
        assertThat(created("job", "web-post-install"))
                .isAfterOrEqualTo(created("deployment", "web"));
        assertThat(
                        ns.json(
                                        "get",
                                        "ingress,hpa,networkpolicy,role,serviceaccount,secret",
                                        "-l",
                                        "app.kubernetes.io/managed-by=Helm")
                                .path("items"))
                .hasSize(6);
    }

    private void runsTests() {
        assertThat(helm.run("test", "web", "--logs", LIMIT)).contains("Succeeded", "hello");
    }

    private void upgrades() {
        String password = ns.at("/data/password", "get", "secret", "web");
        helm.run("upgrade", "web", Helm.chart("web"), "--set", "message=second", WAIT, LIMIT);
        assertThat(page()).isEqualTo("second\n");
        assertThat(ns.at("/data/password", "get", "secret", "web")).isEqualTo(password);
        eventually(() -> ns.kubectl("logs", "job/web-post-upgrade").contains("of revision 2"));
        assertThat(helm.run("get", "values", "web")).contains("message: second");
        assertThat(helm.run("test", "web", "--logs", LIMIT)).contains("second");
    }

    private void rollsBack() {
        helm.run("rollback", "web", "1", WAIT, LIMIT);
        assertThat(page()).isEqualTo("hello\n");
        eventually(() -> ns.kubectl("logs", "job/web-pre-rollback").contains("pre-rollback"));
        JsonNode history = helm.json("history", "web");
        assertThat(history.findValuesAsString("status"))
                .containsExactly("superseded", "superseded", "deployed");
        assertThat(history.at("/2/description").asString()).isEqualTo("Rollback to 1");
        assertThat(helm.run("test", "web", "--logs", LIMIT)).contains("hello");
    }

    /** What hooks made is not part of a release. */
    private void uninstalls() {
        helm.run("uninstall", "web", WAIT, LIMIT);
        assertThat(helm.json("list")).isEmpty();
        ns.kubectl("delete", "job,pod", "-l", "app.kubernetes.io/instance=web");
        eventually(
                () ->
                        ns.json(
                                        "get",
                                        "all,pages,secret,ingress,hpa,networkpolicy,pdb,role,rolebinding")
                                .path("items")
                                .isEmpty());
    }

    private String page() {
        return ns.at("/data/index.html", "get", "configmap", "web");
    }

    private Instant created(String kind, String name) {
        return Instant.parse(ns.at("/metadata/creationTimestamp", "get", kind, name));
    }

    private Instant finished(String hook) {
        return Instant.parse(ns.at("/status/completionTime", "get", "job", "web-" + hook));
    }
}
