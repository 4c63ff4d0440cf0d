package dev.gantry.state.shell;

import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.address.Address;
import dev.gantry.state.admission.plugin.AdmissionConfiguration;
import dev.gantry.state.allocation.AddressRange;
import dev.gantry.state.allocation.PortRange;
import dev.gantry.state.allocation.ServiceAllocation;
import dev.gantry.state.bootstrap.ClusterPlan;
import dev.gantry.state.bootstrap.ExtensionAuthentication;
import dev.gantry.state.bootstrap.WantedObject;
import dev.gantry.state.secret.EncryptionConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of the state service, read. */
record Settings(SettingSource given) {
    private static final String SERVICE_RANGES = "10.96.0.0/16,fd00:10:96::/112";
    private static final String NODE_PORTS = "30000-32767";
    private static final int MOST_PORT = 65_535;

    /** Made where it is not there. */
    Path dataKeyFile() {
        return Path.of(
                given.need("gantry.state.data-key-file", "the file of the key that seals Secrets"));
    }

    Path pki(String file) {
        return given.pki().resolve(file);
    }

    ServiceAllocation allocation() {
        return new ServiceAllocation(serviceRanges(), nodePorts());
    }

    private List<AddressRange> serviceRanges() {
        String name = "gantry.state.service-cidrs";
        List<String> texts = given.list(name, SERVICE_RANGES);
        return given.parsed(
                name,
                "ranges as in " + SERVICE_RANGES,
                () -> texts.stream().map(AddressRange::parse).toList());
    }

    private PortRange nodePorts() {
        String name = "gantry.state.node-port-range";
        String text = given.text(name, NODE_PORTS);
        return given.parsed(name, "a range as in " + NODE_PORTS, () -> PortRange.parse(text));
    }

    /** That of no file is the default. */
    EncryptionConfiguration encryption() {
        String name = "gantry.state.encryption-provider-config";
        return given.find(name)
                .map(
                        file ->
                                given.explained(
                                        name,
                                        () ->
                                                EncryptionConfiguration.of(
                                                        ConfigurationFile.tree(Path.of(file)))))
                .orElse(EncryptionConfiguration.NONE);
    }

    /** That of no file is the default. */
    AdmissionConfiguration admission() {
        String name = "gantry.state.admission-config-file";
        return given.find(name)
                .map(
                        file ->
                                given.explained(
                                        name, () -> ConfigurationFile.admission(Path.of(file))))
                .orElse(AdmissionConfiguration.NONE);
    }

    ClusterPlan plan() {
        return new ClusterPlan(
                allocation().ranges(),
                addresses("gantry.state.api-addresses", ""),
                given.number("gantry.state.api-port", 6443, 1, MOST_PORT),
                addresses("gantry.state.dns-addresses", "10.96.0.10,fd00:10:96::a"));
    }

    /** What must exist. */
    List<WantedObject> firstObjects() {
        List<WantedObject> objects = new ArrayList<>(plan().objects());
        Path proxy = pki("front-proxy-ca.crt");
        objects.add(
                ExtensionAuthentication.object(
                        read(pki("ca.crt")),
                        Files.exists(proxy) ? Optional.of(read(proxy)) : Optional.empty()));
        return objects;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Empty where the service shall not open a port. */
    Optional<Endpoint> endpoint() {
        var endpoint =
                new Endpoint(
                        given.text("gantry.state.http.address", "127.0.0.1"),
                        given.number("gantry.state.http.port", 7443, 0, MOST_PORT));
        return given.isOn("gantry.state.http.enabled", false)
                ? Optional.of(endpoint)
                : Optional.empty();
    }

    /** Where the HTTPS port is. */
    record Endpoint(String address, int port) {}

    private List<Address> addresses(String name, String otherwise) {
        List<Address> found = new ArrayList<>();
        for (String each : given.list(name, otherwise)) {
            found.add(
                    Address.parse(each)
                            .orElseThrow(() -> given.wrong(name, "IP addresses with commas")));
        }
        return found;
    }
}
