package dev.gantry.agent.container;

import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Services as environment variables.
 *
 * <p>Compat: {@code pkg/kubelet/envvars}: Docker's link format, for Services that have an address.
 */
public final class ServiceLinks {
    private ServiceLinks() {}

    /**
     * @param services all that are known; those of {@code namespace} count where {@code linked},
     *     and {@code kubernetes} always
     */
    public static SortedMap<String, String> variables(
            List<Resource> services, String namespace, boolean linked) {
        SortedMap<String, String> found = new TreeMap<>();
        for (Resource each : services) {
            boolean isMaster =
                    each.namespace().equals("default") && each.name().equals("kubernetes");
            if (isMaster || linked && each.namespace().equals(namespace)) {
                add(found, each);
            }
        }
        return found;
    }

    private static void add(SortedMap<String, String> found, Resource service) {
        String ip = Resource.text(service.spec(), "clusterIP");
        JsonNode ports = service.spec().path("ports");
        if (ip.isEmpty() || ip.equals("None") || ports.isEmpty()) {
            return;
        }
        String prefix = variable(service.name());
        found.put(prefix + "_SERVICE_HOST", ip);
        found.put(prefix + "_SERVICE_PORT", ports.get(0).path("port").asString(""));
        found.put(prefix + "_PORT", url(ip, ports.get(0)));
        for (JsonNode port : ports) {
            String name = Resource.text(port, "name");
            String number = port.path("port").asString("");
            if (!name.isEmpty()) {
                found.put(prefix + "_SERVICE_PORT_" + variable(name), number);
            }
            String link = prefix + "_PORT_" + number + "_" + protocol(port);
            found.put(link, url(ip, port));
            found.put(link + "_PROTO", protocol(port).toLowerCase(Locale.ROOT));
            found.put(link + "_PORT", number);
            found.put(link + "_ADDR", ip);
        }
    }

    private static String url(String ip, JsonNode port) {
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        String scheme = protocol(port).toLowerCase(Locale.ROOT);
        return scheme + "://" + host + ":" + port.path("port").asString("");
    }

    private static String protocol(JsonNode port) {
        String given = Resource.text(port, "protocol");
        return given.isEmpty() ? "TCP" : given;
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
