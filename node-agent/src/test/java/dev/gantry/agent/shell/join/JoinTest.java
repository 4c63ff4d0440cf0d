package dev.gantry.agent.shell.join;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.certificate.NodeCertificate;
import dev.gantry.agent.join.AuthorityHash;
import dev.gantry.agent.join.CannotJoin;
import dev.gantry.agent.join.JoinOptions;
import dev.gantry.agent.shell.certificate.CertificateFolder;
import dev.gantry.agent.testing.FakeApiServer;
import dev.gantry.agent.testing.TestAuthority;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.testkit.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class JoinTest {
    private static final String TOKEN = "abcdef.0123456789abcdef";
    private static final String DESCRIPTION =
            "/api/v1/namespaces/kube-public/configmaps/cluster-info";
    private static final String SETTINGS =
            "/api/v1/namespaces/kube-system/configmaps/gantry-node-settings";

    @TempDir private Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private FakeApiServer api;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        api = new FakeApiServer(authority, authority.server(), TOKEN);
        describe(api);
        root = folder.resolve("root");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void becomesANodeWithATokenAndAHashAndNothingElse() throws Exception {
        Path settings = join().run();
        assertThat(certificates().current(NodeCertificate.CLIENT).orElseThrow())
                .extracting(each -> each.getSubjectX500Principal().getName())
                .isEqualTo("CN=system:node:n3,O=system:nodes");
        assertThat(Files.readAllLines(settings))
                .contains(
                        "gantry.kafka.properties[bootstrap.servers]=192.0.2.1:9092",
                        "gantry.node.name=n3",
                        "gantry.node.addresses=127.0.0.1",
                        "gantry.node.certificates=" + root.resolve("pki"));
        assertThat(root.resolve("pki/kubelet-client.key.tmp")).doesNotExist();
        for (String each : List.of("pki/kubelet-client-current.pem", "node.properties")) {
            assertThat(Files.getPosixFilePermissions(root.resolve(each)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void joinsOnceHoweverOftenItIsAsked() throws Exception {
        join().run();
        join().run();
        assertThat(api.requests()).isEqualTo(1);
        assertThat(told).last().isEqualTo("This machine has joined already.");
    }

    @Test
    void goesOnWithItsKeyAndItsRequestAfterARestart() throws Exception {
        api.stopApproving();
        var first = new FutureTask<>(join()::run);
        Thread machine = Thread.ofVirtual().start(first);
        Patience.await().until(() -> told.stream().anyMatch(each -> each.startsWith("Waiting")));
        machine.interrupt();
        // It waits for news, or asks for them just then.
        assertThatThrownBy(first::get)
                .cause()
                .isInstanceOfAny(InterruptedException.class, ApiUnreachable.class);
        assertThat(root.resolve("node.properties")).doesNotExist();
        var second = new FutureTask<>(join()::run);
        Thread.ofVirtual().start(second);
        Patience.await()
                .until(() -> told.stream().filter(e -> e.startsWith("Waiting")).count() == 2);
        api.approve();
        assertThat(second.get()).isEqualTo(root.resolve("node.properties")).exists();
        assertThat(api.requests()).as("requests made").isEqualTo(1);
    }

    @Test
    void goesOnWhereTheClusterHadNoSettingsYet() throws Exception {
        var others = new FakeApiServer(authority, authority.server(), TOKEN);
        try (others) {
            describe(others);
            others.put(SETTINGS, "{'metadata':{'name':'x'}}");
            assertThatThrownBy(() -> join(others, TOKEN, hash()).run())
                    .hasMessageContaining("no ConfigMap kube-system/gantry-node-settings");
            describe(others);
            join(others, TOKEN, hash()).run();
            assertThat(others.requests()).isEqualTo(1);
        }
    }

    @Test
    void aDeniedRequestIsToldAndTheNextOneIsAnother() throws Exception {
        api.deny("no more machines");
        assertThatThrownBy(() -> join().run())
                .isInstanceOf(CannotJoin.class)
                .hasMessageContaining("no more machines");
        api.approve();
        join().run();
        assertThat(api.requests()).isEqualTo(2);
    }

    @Test
    void theWrongTokenLeavesNothingBehind() {
        refuses(api, "abcdef.aaaaaaaaaaaaaaaa", hash(), "the token abcdef is wrong");
        refuses(api, "zzzzzz.0123456789abcdef", hash(), "does not know the token zzzzzz");
    }

    @Test
    void theWrongHashLeavesNothingBehind() {
        refuses(
                api,
                TOKEN,
                "sha256:" + "00".repeat(32),
                "not the cluster that was meant, or somebody stands in between");
    }

    @Test
    void aTakenNameLeavesNothingBehind() {
        api.put("/api/v1/nodes/n3", "{'metadata':{'name':'n3'}}");
        refuses(api, TOKEN, hash(), "has a node n3 already");
    }

    @Test
    void aTokenThatHasExpiredSinceLeavesNothingBehind() throws Exception {
        try (var expired = new FakeApiServer(authority, authority.server(), "another")) {
            describe(expired);
            refuses(expired, TOKEN, hash(), "does not take the token any more");
        }
    }

    /** It can repeat the description, which is public, but not what the authority's key proves. */
    @Test
    void whoeverStandsInBetweenLearnsNoToken() throws Exception {
        try (var between = new FakeApiServer(authority, new TestAuthority().server(), TOKEN)) {
            describe(between);
            refuses(between, TOKEN, hash(), "does not prove that the authority vouches for it");
        }
    }

    private void refuses(FakeApiServer server, String token, String hash, String words) {
        assertThatThrownBy(() -> join(server, token, hash).run())
                .isInstanceOf(CannotJoin.class)
                .hasMessageContaining(words);
        assertThat(root).doesNotExist();
    }

    private Join join() {
        return join(api, TOKEN, hash());
    }

    private Join join(FakeApiServer server, String token, String hash) {
        List<String> arguments = new ArrayList<>(List.of(server.url(), "--token", token));
        arguments.addAll(List.of("--discovery-token-ca-cert-hash", hash));
        arguments.addAll(List.of("--node-name", "n3", "--root", root.toString()));
        return new Join(JoinOptions.parse(arguments), told::add);
    }

    private String hash() {
        return AuthorityHash.of(authority.certificate().getPublicKey()).toString();
    }

    private CertificateFolder certificates() {
        return new CertificateFolder(root.resolve("pki"));
    }

    private void describe(FakeApiServer server) throws Exception {
        String kubeconfig =
                """
                clusters:
                - name: ""
                  cluster: {server: "%s", certificate-authority-data: %s}
                """
                        .formatted(server.url(), authority.encoded());
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.putObject("metadata").put("name", "cluster-info");
        map.putObject("data")
                .put("kubeconfig", kubeconfig)
                .put("jws-kubeconfig-abcdef", signature(kubeconfig));
        server.put(DESCRIPTION, map);
        server.put(
                SETTINGS,
                "{'metadata':{'name':'gantry-node-settings'},'data':{'node.properties':"
                        + "'gantry.kafka.properties[bootstrap.servers]=192.0.2.1:9092\\n'}}");
    }

    private static String signature(String content) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header =
                base64.encodeToString("{\"alg\":\"HS256\",\"kid\":\"abcdef\"}".getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "HmacSHA256"));
        String signed = header + "." + base64.encodeToString(content.getBytes(UTF_8));
        return header + ".." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }
}
