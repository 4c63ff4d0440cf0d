package dev.gantry.local.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.AddressBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumesTest {
    private static final Pattern FILE = Pattern.compile("/etc/gantry/([^?&,\\s]+)");

    @TempDir Path root;

    @BeforeEach
    void prepare() throws Exception {
        ComposeMain.prepare(root, 2, 16443);
    }

    @Test
    void everybodyHasWhatIsAskedOfThemAndNothingElse() throws IOException {
        assertThat(files("scheduler"))
                .containsExactly("ca.crt", "kafka.pem", "kubeconfig", "service.properties");
        assertThat(files("node-2"))
                .containsExactly(
                        "ca.crt",
                        "kafka.pem",
                        "kubeconfig",
                        "node.crt",
                        "node.key",
                        "service.properties");
        assertThat(files("admin")).containsExactly("host.kubeconfig", "kubeconfig");
        assertThat(files("state")).contains("data-key", "sa.key").doesNotContain("ca.key");
        assertThat(files("gateway")).contains("apiserver.key").doesNotContain("sa.key");
    }

    /** Docker gives out a part of its own; what pods and load balancers have lies beside that. */
    @Test
    void addressesAreOfTheNetworkThatTheComposeFileMakes() throws IOException {
        String file = Files.readString(Path.of("../../docker-compose.yml"));
        AddressBlock network = block(file, "subnet");
        AddressBlock docker = block(file, "ip_range");
        assertThat(file).contains("ipv4_address: " + Compose.GATEWAY_ADDRESS + "}");
        for (String own :
                List.of(
                        Compose.GATEWAY_ADDRESS + "/32",
                        Compose.POD_RANGE,
                        Compose.BALANCER_RANGE)) {
            AddressBlock range = AddressBlock.parse(own).orElseThrow();
            assertThat(range).hasToString(own).matches(network::overlaps);
            assertThat(range.prefix()).isGreaterThan(network.prefix());
            assertThat(range).matches(each -> !docker.overlaps(each));
        }
    }

    private static AddressBlock block(String file, String name) {
        var found = Pattern.compile(name + ": ([0-9./]+)").matcher(file);
        assertThat(found.find()).as(name).isTrue();
        return AddressBlock.parse(found.group(1)).orElseThrow();
    }

    @Test
    void theHostReachesTheApiAtThePublishedPort() throws IOException {
        assertThat(root.resolve("admin/host.kubeconfig"))
                .content()
                .contains("server: https://127.0.0.1:16443");
        assertThat(root.resolve("admin/kubeconfig")).content().contains("https://gateway:6443");
    }

    @Test
    void theAuthoritysKeyIsInItsOwnFolderOnly() throws IOException {
        String key = Files.readString(root.resolve("authority/pki/ca.key"));
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> holders =
                    all.filter(Files::isRegularFile)
                            .filter(each -> read(each).contains(key))
                            .toList();
            assertThat(holders).containsExactly(root.resolve("authority/pki/ca.key"));
        }
    }

    @Test
    void everyFileThatSettingsNameIsThere() throws IOException {
        for (String holder :
                List.of("state", "gateway", "scheduler", "controller", "monitoring", "node-1")) {
            var settings = new Properties();
            try (var in = Files.newBufferedReader(root.resolve(holder + "/service.properties"))) {
                settings.load(in);
            }
            settings.values()
                    .forEach(
                            value ->
                                    FILE.matcher(value.toString())
                                            .results()
                                            .forEach(
                                                    found ->
                                                            assertThat(
                                                                            root.resolve(holder)
                                                                                    .resolve(
                                                                                            found
                                                                                                    .group(
                                                                                                            1)))
                                                                    .exists()));
            assertThat(settings).containsKey("gantry.kafka.properties[ssl.keystore.location]");
        }
    }

    @Test
    void filesBelongToTheUserThatReadsThemAndToNobodyElse() throws IOException {
        assertThat(Files.getAttribute(root.resolve("kafka/kafka.pem"), "unix:uid"))
                .isEqualTo(Compose.KAFKA_USER);
        assertThat(Files.getAttribute(root.resolve("postgres/password-postgres"), "unix:uid"))
                .isEqualTo(Compose.POSTGRES_USER);
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(
                            all.filter(Files::isRegularFile)
                                    .filter(each -> !each.toString().contains("/authority/")))
                    .allSatisfy(each -> assertThat(Files.getPosixFilePermissions(each)).hasSize(2));
        }
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        Map<String, String> before = contents();

        ComposeMain.prepare(root, 2, 16443);

        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, String> contents() throws IOException {
        var found = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile)
                    .forEach(each -> found.put(each.toString(), read(each)));
        }
        return found;
    }

    private List<String> files(String holder) throws IOException {
        try (Stream<Path> all = Files.list(root.resolve(holder))) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
