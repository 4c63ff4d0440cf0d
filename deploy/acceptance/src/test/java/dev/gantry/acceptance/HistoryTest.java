package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cluster as it was, and the cluster in SQL. */
@ExtendWith(Cluster.Shared.class)
final class HistoryTest {
    @AutoClose private final TestNamespace ns;

    HistoryTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void kubectlSeesTheClusterAsOfARevision(Cluster cluster) {
        ns.kubectl("create", "configmap", "note", "--from-literal=text=before");
        String revision = ns.at("/metadata/resourceVersion", "get", "configmap", "note");
        ns.kubectl("patch", "configmap", "note", "-p", "{\"data\":{\"text\":\"after\"}}");
        ns.kubectl("create", "configmap", "later");
        String server =
                ns.at("/clusters/0/cluster/server", "config", "view", "--raw")
                        + "/asof/"
                        + revision;
        assertThat(
                        ns.kubectl(
                                "--server",
                                server,
                                "get",
                                "configmap",
                                "note",
                                "-o",
                                "jsonpath={.data.text}"))
                .isEqualTo("before");
        assertThat(ns.kubectl("--server", server, "get", "configmaps"))
                .contains("note")
                .doesNotContain("later");
        ns.kubectl("delete", "configmap", "note");
        assertThat(
                        ns.kubectl(
                                "--server",
                                server,
                                "get",
                                "configmap",
                                "note",
                                "-o",
                                "jsonpath={.data.text}"))
                .isEqualTo("before");
        Cluster.Result write = ns.tryKubectl("--server", server, "create", "configmap", "no");
        assertThat(write.code()).isNotZero();
        assertThat(cluster.tryKubectl("get", "configmap", "no", "-n", ns.name()).code())
                .isNotZero();
    }

    @Test
    void sqlViewsShowPodsNodesAndDeployments(Cluster cluster) throws Exception {
        ns.web("web", 2);
        try (Connection database = connect(cluster);
                var sql = database.createStatement()) {
            try (var pods =
                    sql.executeQuery(
                            "select name, node, phase from pods where namespace = '"
                                    + ns.name()
                                    + "'")) {
                assertThat(pods.next()).isTrue();
                assertThat(pods.getString("node")).startsWith("node-");
                assertThat(pods.getString("phase")).isEqualTo("Running");
            }
            try (var nodes = sql.executeQuery("select count(*) from nodes")) {
                nodes.next();
                assertThat(nodes.getInt(1)).isEqualTo(2);
            }
            try (var deployments =
                    sql.executeQuery(
                            "select name from deployments where namespace = '" + ns.name() + "'")) {
                assertThat(deployments.next()).isTrue();
                assertThat(deployments.getString("name")).isEqualTo("web");
            }
        }
    }

    @Test
    void aSecretIsNowhereInPlainText(Cluster cluster) throws Exception {
        String value = "extraordinarily-secret-value";
        ns.kubectl("create", "secret", "generic", "hidden", "--from-literal=password=" + value);
        assertThat(ns.at("/data/password", "get", "secret", "hidden")).isNotEmpty();
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        try (Connection database = connect(cluster);
                var sql = database.createStatement()) {
            for (String table : new String[] {"objects", "revisions"}) {
                try (var rows =
                        sql.executeQuery(
                                "select count(*) from gantry."
                                        + table
                                        + " t where t::text like '%"
                                        + encoded
                                        + "%'")) {
                    rows.next();
                    assertThat(rows.getInt(1)).as(table).isZero();
                }
            }
        }
    }

    private static Connection connect(Cluster cluster) throws Exception {
        String password =
                Files.readString(cluster.home().resolve("secrets/postgres-gantry_state")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:15474/gantry", "gantry_state", password);
    }
}
