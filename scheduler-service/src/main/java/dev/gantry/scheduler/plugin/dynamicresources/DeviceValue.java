package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.expression.Semver;
import dev.gantry.scheduler.snapshot.device.Attribute;
import dev.gantry.scheduler.snapshot.device.Device;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A device as expressions read it.
 *
 * <p>Compat: a domain of which the device has nothing reads as an empty map, so that {@code
 * has(device.attributes["x"].y)} is false instead of an error. Unlike upstream such a domain also
 * counts as being {@code in} the map.
 */
final class DeviceValue {
    private DeviceValue() {}

    static Map<String, Object> of(Device device) {
        var attributes = new ByDomain();
        device.attributes().forEach((name, value) -> attributes.add(name, value(value)));
        var capacities = new ByDomain();
        device.capacities().forEach((name, each) -> capacities.add(name, each.value()));
        return Map.of(
                "driver",
                device.id().driver(),
                "attributes",
                attributes,
                "capacity",
                capacities,
                "allowMultipleAllocations",
                device.isShared());
    }

    private static Object value(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Number number -> number.value();
            case Attribute.Truth truth -> truth.value();
            case Attribute.Text text -> text.value();
            case Attribute.Version version ->
                    Semver.parse(version.value()).<Object>map(v -> v).orElse(version.value());
        };
    }

    /** Values by domain and name; every domain is there. */
    private static final class ByDomain extends AbstractMap<String, Object> {
        private final Map<String, Map<String, Object>> domains = new HashMap<>();

        void add(String fullName, Object value) {
            int slash = fullName.indexOf('/');
            domains.computeIfAbsent(fullName.substring(0, slash), _ -> new HashMap<>())
                    .put(fullName.substring(slash + 1), value);
        }

        @Override
        public boolean containsKey(Object key) {
            return key instanceof String;
        }

        @Override
        public Object get(Object key) {
            return key instanceof String domain ? domains.getOrDefault(domain, Map.of()) : Map.of();
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return Map.<String, Object>copyOf(domains).entrySet();
        }
    }
}
