package dev.gantry.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.dns.Answer.Type;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ClusterZoneTest {
    private final ZoneView view = new ZoneView();
    private final ClusterZone zone = new ClusterZone("cluster.local", view);

    @BeforeEach
    void fillTheShop() {
        put(
                Kinds.SERVICE,
                "web",
                """
                {"metadata": {"name": "web", "namespace": "shop"},
                 "spec": {"clusterIP": "10.96.0.20", "clusterIPs": ["10.96.0.20", "fd00:10:96::20"],
                          "ports": [{"name": "http", "port": 80}, {"name": "dns", "protocol": "UDP", "port": 53}]}}
                """);
        put(
                Kinds.SERVICE,
                "db",
                """
                {"metadata": {"name": "db", "namespace": "shop"},
                 "spec": {"clusterIP": "None", "clusterIPs": ["None"],
                          "ports": [{"name": "sql", "port": 5432}]}}
                """);
        put(
                Kinds.SERVICE,
                "away",
                """
                {"metadata": {"name": "away", "namespace": "shop"},
                 "spec": {"type": "ExternalName", "externalName": "example.org"}}
                """);
        put(
                Kinds.SERVICE,
                "idle",
                """
                {"metadata": {"name": "idle", "namespace": "shop"},
                 "spec": {"clusterIP": "None", "ports": [{"name": "x", "port": 1}]}}
                """);
        put(
                Kinds.ENDPOINT_SLICE,
                "db-1",
                """
                {"metadata": {"name": "db-1", "namespace": "shop",
                              "labels": {"kubernetes.io/service-name": "db"}},
                 "addressType": "IPv4", "ports": [{"name": "sql", "port": 5432}],
                 "endpoints": [
                   {"addresses": ["10.244.1.5"], "hostname": "db-0"},
                   {"addresses": ["10.244.2.6"], "conditions": {"ready": true}},
                   {"addresses": ["10.244.2.7"], "hostname": "db-2", "conditions": {"ready": false}}]}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    web.shop.svc.cluster.local.              | A    | 10.96.0.20
                    WEB.Shop.svc.cluster.local               | A    | 10.96.0.20
                    web.shop.svc.cluster.local.              | AAAA | fd00:10:96::20
                    web.shop.svc.cluster.local.              | TXT  | ''
                    db.shop.svc.cluster.local.               | A    | 10.244.1.5 10.244.2.6
                    db.shop.svc.cluster.local.               | AAAA | ''
                    db-0.db.shop.svc.cluster.local.          | A    | 10.244.1.5
                    db-2.db.shop.svc.cluster.local.          | A    | NXDOMAIN
                    10-244-2-6.db.shop.svc.cluster.local.    | A    | 10.244.2.6
                    db-0.web.shop.svc.cluster.local.         | A    | NXDOMAIN
                    idle.shop.svc.cluster.local.             | A    | ''
                    _http._tcp.web.shop.svc.cluster.local.   | SRV  | 0 100 80 web.shop.svc.cluster.local.
                    _http._tcp.web.shop.svc.cluster.local.   | A    | ''
                    _http._udp.web.shop.svc.cluster.local.   | SRV  | NXDOMAIN
                    _tcp.web.shop.svc.cluster.local.         | SRV  | ''
                    _sctp.web.shop.svc.cluster.local.        | SRV  | NXDOMAIN
                    10-244-1-7.shop.pod.cluster.local.       | A    | 10.244.1.7
                    10-244-1-7.shop.pod.cluster.local.       | AAAA | ''
                    fd00-10-244--7.shop.pod.cluster.local.   | AAAA | fd00:10:244::7
                    web.shop.pod.cluster.local.              | A    | NXDOMAIN
                    20.0.96.10.in-addr.arpa.                 | PTR  | web.shop.svc.cluster.local.
                    5.1.244.10.in-addr.arpa.                 | PTR  | db-0.db.shop.svc.cluster.local.
                    9.9.9.9.in-addr.arpa.                    | PTR  | not ours
                    0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa. | PTR | web.shop.svc.cluster.local.
                    away.shop.svc.cluster.local.             | A    | example.org.
                    dns-version.cluster.local.               | TXT  | "1.1.0"
                    shop.svc.cluster.local.                  | A    | ''
                    void.svc.cluster.local.                  | A    | NXDOMAIN
                    nothing.shop.svc.cluster.local.          | A    | NXDOMAIN
                    svc.cluster.local.                       | A    | ''
                    cluster.local.                           | A    | ''
                    example.org.                             | A    | not ours
                    notcluster.local.                        | A    | not ours
                    """)
    void knowsTheNamesOfTheCluster(String name, Type type, String expected) {
        assertThat(text(zone.answer(name, type))).isEqualTo(expected);
    }

    @Test
    void portsOfAHeadlessServiceNameEachEndpointAndGiveItsAddress() {
        var answer = (Answer.Records) zone.answer("_sql._tcp.db.shop.svc.cluster.local.", Type.SRV);
        assertThat(answer.answers())
                .extracting(Answer.Entry::content)
                .containsExactly(
                        "0 100 5432 db-0.db.shop.svc.cluster.local.",
                        "0 100 5432 10-244-2-6.db.shop.svc.cluster.local.");
        assertThat(answer.additional())
                .contains(
                        new Answer.Entry("db-0.db.shop.svc.cluster.local.", Type.A, "10.244.1.5"));
    }

    @Test
    void namesEndpointsThatAreNotReadyOnlyWhereTheServiceSaysSo() {
        put(
                Kinds.SERVICE,
                "db",
                """
                {"metadata": {"name": "db", "namespace": "shop"},
                 "spec": {"clusterIP": "None", "publishNotReadyAddresses": true}}
                """);
        assertThat(text(zone.answer("db-2.db.shop.svc.cluster.local", Type.A)))
                .isEqualTo("10.244.2.7");
    }

    @Test
    void forgetsWhatWasRemoved() {
        view.put(new ObjectKey(Resources.SERVICES, "shop", "web"), Optional.empty());
        view.put(new ObjectKey(Resources.ENDPOINT_SLICES, "shop", "db-1"), Optional.empty());
        assertThat(text(zone.answer("web.shop.svc.cluster.local", Type.A))).isEqualTo("NXDOMAIN");
        assertThat(text(zone.answer("20.0.96.10.in-addr.arpa", Type.PTR))).isEqualTo("not ours");
        assertThat(text(zone.answer("db.shop.svc.cluster.local", Type.A))).isEmpty();
    }

    private void put(Kind kind, String name, String body) {
        var tree = (ObjectNode) JsonMapper.shared().readTree(body);
        view.put(new ObjectKey(kind.resource(), "shop", name), Optional.of(new Resource(tree)));
    }

    private static String text(Answer answer) {
        return switch (answer) {
            case Answer.Records(var answers, _) ->
                    String.join(" ", answers.stream().map(Answer.Entry::content).toList());
            case Answer.Alias(_, var target) -> target;
            case Answer.NoSuchName _ -> "NXDOMAIN";
            case Answer.NotOurs _ -> "not ours";
        };
    }
}
