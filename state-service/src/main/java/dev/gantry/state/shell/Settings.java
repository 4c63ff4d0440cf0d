package dev.gantry.state.shell;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import dev.gantry.state.allocation.Address;
import dev.gantry.state.allocation.AddressRange;
import dev.gantry.state.allocation.PortRange;
import dev.gantry.state.allocation.ServiceAllocation;
import dev.gantry.state.bootstrap.ClusterPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The properties of the state service, read; a bad one is named in the exception. */
record Settings(Environment environment) {
    KafkaSettings kafka() {
        Map<String, String> connection =
                Binder.get(environment)
                        .bind("gantry.kafka.properties", Bindable.mapOf(String.class, String.class))
                        .orElseThrow(() -> missing("gantry.kafka.properties"));
        String prefix = text("gantry.kafka.topic-prefix", Topics.DEFAULT_PREFIX);
        return new KafkaSettings(connection, new Topics(prefix));
    }

    String need(String name) {
        String value = environment.getProperty(name, "");
        if (value.isEmpty()) {
            throw missing(name);
        }
        return value;
    }

    Path dataKeyFile() {
        return Path.of(need("gantry.state.data-key-file"));
    }

    Path pki(String file) {
        return Path.of(need("gantry.pki.dir")).resolve(file);
    }

    ServiceAllocation allocation() {
        String name = "gantry.state.service-cidrs";
        List<AddressRange> ranges =
                list(name, "10.96.0.0/16,fd00:10:96::/112").stream()
                        .map(AddressRange::parse)
                        .toList();
        PortRange ports = PortRange.parse(text("gantry.state.node-port-range", "30000-32767"));
        return new ServiceAllocation(ranges, ports);
    }

    ClusterPlan plan() {
        return new ClusterPlan(
                allocation().ranges(),
                addresses("gantry.state.api-addresses", ""),
                environment.getProperty("gantry.state.api-port", Integer.class, 6443),
                addresses("gantry.state.dns-addresses", "10.96.0.10,fd00:10:96::a"));
    }

    /** Empty where the service shall not open a port. */
    Optional<Endpoint> endpoint() {
        if (!environment.getProperty("gantry.state.http.enabled", Boolean.class, false)) {
            return Optional.empty();
        }
        return Optional.of(
                new Endpoint(
                        text("gantry.state.http.address", "127.0.0.1"),
                        environment.getProperty("gantry.state.http.port", Integer.class, 7443)));
    }

    /** Where the HTTPS port is. */
    record Endpoint(String address, int port) {}

    private List<Address> addresses(String name, String byDefault) {
        return list(name, byDefault).stream()
                .map(
                        each ->
                                Address.parse(each)
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                name + ": no IP address: " + each)))
                .toList();
    }

    private List<String> list(String name, String byDefault) {
        return Arrays.stream(text(name, byDefault).split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private String text(String name, String byDefault) {
        return environment.getProperty(name, byDefault);
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("the property " + name + " is not set");
    }
}
