package dev.gantry.state.bootstrap;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.storage.LocalStorage;
import dev.gantry.state.allocation.AddressRange;
import dev.gantry.state.kind.BuiltinKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a cluster needs to know of itself.
 *
 * @param serviceRanges the preferred family first
 * @param apiAddresses where pods reach the API; none where only the outside does
 * @param dnsAddresses the cluster IPs under which every node answers names
 */
public record ClusterPlan(
        List<AddressRange> serviceRanges,
        List<Address> apiAddresses,
        int apiPort,
        List<Address> dnsAddresses) {
    private static final List<String> NAMESPACES =
            List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final String API = "kubernetes";
    private static final int HTTPS = 443;
    private static final int DNS = 53;

    /** Host and port of the API, as pods reach it. */
    public String apiServer() {
        Address first =
                apiAddresses.isEmpty() ? serviceRanges.getFirst().first() : apiAddresses.getFirst();
        String host = first.family() == Family.IPV6 ? "[" + first + "]" : first.toString();
        return host + ":" + apiPort;
    }

    /** In the order in which they shall be made. */
    public List<WantedObject> objects() {
        List<WantedObject> wanted = new ArrayList<>();
        for (String namespace : NAMESPACES) {
            wanted.add(new WantedObject(Kinds.NAMESPACE, namespace(namespace), Set.of()));
        }
        wanted.add(
                priority(
                        "system-node-critical",
                        2_000_001_000,
                        "Used for system critical pods that must not be moved from their current"
                                + " node."));
        wanted.add(
                priority(
                        "system-cluster-critical",
                        2_000_000_000,
                        "Used for system critical pods that must run in the cluster, but can be"
                                + " moved to another node if necessary."));
        wanted.addAll(ApiServiceObjects.all(BuiltinKinds.CATALOG.served()));
        wanted.add(serviceCidr());
        wanted.add(new WantedObject(Kinds.SERVICE, apiService(), Set.of()));
        if (!apiAddresses.isEmpty()) {
            wanted.add(
                    new WantedObject(
                            Kinds.ENDPOINTS, apiEndpoints(), new TreeSet<>(Set.of("subsets"))));
            for (Family family : Family.values()) {
                slice(family).ifPresent(wanted::add);
            }
        }
        if (!dnsAddresses.isEmpty()) {
            wanted.add(new WantedObject(Kinds.SERVICE, dnsService(), Set.of()));
        }
        return wanted;
    }

    /** Made in a new cluster alone: who runs it may change them, or take them away. */
    public static List<WantedObject> suggestions() {
        ObjectNode local = object(Kinds.STORAGE_CLASS, "", LocalStorage.CLASS);
        Resource.child((ObjectNode) local.path("metadata"), "annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        local.put("provisioner", LocalStorage.DRIVER);
        local.put("volumeBindingMode", "WaitForFirstConsumer");
        local.put("allowVolumeExpansion", true);
        return List.of(new WantedObject(Kinds.STORAGE_CLASS, local, Set.of()));
    }

    private static ObjectNode namespace(String name) {
        return object(Kinds.NAMESPACE, "", name);
    }

    private static WantedObject priority(String name, int value, String description) {
        ObjectNode object = object(Kinds.PRIORITY_CLASS, "", name);
        object.put("value", value).put("description", description);
        object.put("preemptionPolicy", "PreemptLowerPriority");
        return new WantedObject(Kinds.PRIORITY_CLASS, object, Set.of());
    }

    private WantedObject serviceCidr() {
        ObjectNode object = object(Kinds.SERVICE_CIDR, "", API);
        ArrayNode ranges = object.putObject("spec").putArray("cidrs");
        serviceRanges.forEach(each -> ranges.add(each.toString()));
        return new WantedObject(Kinds.SERVICE_CIDR, object, Set.of());
    }

    /** Compat: the first address of the preferred range is the API's. */
    private ObjectNode apiService() {
        ObjectNode service = object(Kinds.SERVICE, "default", API);
        label(service, "component", "apiserver");
        label(service, "provider", API);
        ObjectNode spec = service.putObject("spec");
        spec.put("clusterIP", serviceRanges.getFirst().first().toString());
        spec.put("type", "ClusterIP").put("sessionAffinity", "None");
        spec.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("protocol", "TCP")
                .put("port", HTTPS)
                .put("targetPort", apiPort);
        return service;
    }

    private ObjectNode apiEndpoints() {
        ObjectNode endpoints = object(Kinds.ENDPOINTS, "default", API);
        // Compat: the endpoints controller keeps its hands off what skips mirroring.
        label(endpoints, "endpointslice.kubernetes.io/skip-mirror", "true");
        Family preferred = serviceRanges.getFirst().family();
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        ArrayNode addresses = subset.putArray("addresses");
        apiAddresses.stream()
                .filter(each -> each.family() == preferred)
                .forEach(each -> addresses.addObject().put("ip", each.toString()));
        port(subset.putArray("ports"));
        return endpoints;
    }

    private Optional<WantedObject> slice(Family family) {
        List<Address> own = apiAddresses.stream().filter(each -> each.family() == family).toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        boolean isPreferred = family == serviceRanges.getFirst().family();
        String name =
                isPreferred ? API : API + "-" + family.wire().toLowerCase(java.util.Locale.ROOT);
        ObjectNode slice = object(Kinds.ENDPOINT_SLICE, "default", name);
        label(slice, "kubernetes.io/service-name", API);
        slice.put("addressType", family.wire());
        ArrayNode endpoints = slice.putArray("endpoints");
        for (Address each : own) {
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(each.toString());
            endpoint.putObject("conditions").put("ready", true);
        }
        port(slice.putArray("ports"));
        return Optional.of(
                new WantedObject(
                        Kinds.ENDPOINT_SLICE, slice, new TreeSet<>(Set.of("endpoints", "ports"))));
    }

    private void port(ArrayNode ports) {
        ports.addObject().put("name", "https").put("port", apiPort).put("protocol", "TCP");
    }

    /** Has no selector: every node answers names itself, under these addresses. */
    private ObjectNode dnsService() {
        ObjectNode service = object(Kinds.SERVICE, "kube-system", "kube-dns");
        label(service, "k8s-app", "kube-dns");
        label(service, "kubernetes.io/name", "CoreDNS");
        ObjectNode spec = service.putObject("spec");
        spec.put("clusterIP", dnsAddresses.getFirst().toString());
        ArrayNode addresses = spec.putArray("clusterIPs");
        dnsAddresses.forEach(each -> addresses.add(each.toString()));
        if (dnsAddresses.size() > 1) {
            spec.put("ipFamilyPolicy", "RequireDualStack");
        }
        ArrayNode ports = spec.putArray("ports");
        dnsPort(ports, "dns", "UDP");
        dnsPort(ports, "dns-tcp", "TCP");
        return service;
    }

    private static void dnsPort(ArrayNode ports, String name, String protocol) {
        ports.addObject()
                .put("name", name)
                .put("port", DNS)
                .put("protocol", protocol)
                .put("targetPort", DNS);
    }

    static ObjectNode object(Kind kind, String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", kind.kindName()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    private static void label(ObjectNode object, String key, String value) {
        Resource.child((ObjectNode) object.path("metadata"), "labels").put(key, value);
    }
}
