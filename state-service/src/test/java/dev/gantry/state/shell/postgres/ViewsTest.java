package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.Samples;
import dev.gantry.testkit.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The views that a person asks with psql, without a schema in front. */
class ViewsTest {
    private final TestPostgres postgres = TestPostgres.freshDatabase();

    @Test
    void podsNodesAndDeploymentsAreRows() throws Exception {
        try (var running = RunningLog.leading(postgres)) {
            commit(
                    running,
                    Kinds.POD,
                    "default",
                    "{'spec':{'nodeName':'node-a','containers':[{'name':'a'},{'name':'b'}]},"
                            + "'status':{'phase':'Running','podIP':'10.0.0.1','containerStatuses':["
                            + "{'name':'a','ready':true,'restartCount':2},"
                            + "{'name':'b','ready':false,'restartCount':1}]}}");
            commit(
                    running,
                    Kinds.NODE,
                    "",
                    "{'status':{'conditions':[{'type':'Ready','status':'True'}],"
                            + "'addresses':[{'type':'InternalIP','address':'10.1.0.1'}]}}");
            commit(
                    running,
                    Kinds.DEPLOYMENT,
                    "default",
                    "{'spec':{'replicas':3,'template':{'spec':{'containers':[{'image':'web:1'}]}}},"
                            + "'status':{'readyReplicas':2}}");

            assertThat(
                            row(
                                    "SELECT namespace, name, phase, node, ip, ready, containers, restarts FROM pods"))
                    .isEqualTo("default it Running node-a 10.0.0.1 1 2 3");
            assertThat(row("SELECT name, ready, cordoned, ip FROM nodes"))
                    .isEqualTo("it True f 10.1.0.1");
            assertThat(row("SELECT name, replicas, ready, available, images FROM deployments"))
                    .isEqualTo("it 3 2 0 [\"web:1\"]");
        }
    }

    private static void commit(RunningLog running, Kind kind, String namespace, String rest)
            throws InterruptedException {
        Resource object = Samples.object(kind, key(kind, namespace, "it"));
        object.tree().setAll((ObjectNode) JsonMapper.shared().readTree(rest.replace('\'', '"')));
        running.log.commit(List.of(Samples.create(kind, object)));
    }

    private String row(String sql) throws SQLException {
        try (var connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            var found = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                found.append(i == 1 ? "" : " ").append(rows.getString(i));
            }
            assertThat(rows.next()).isFalse();
            return found.toString();
        }
    }
}
