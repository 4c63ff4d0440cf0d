package dev.gantry.agent.dns;

import dev.gantry.agent.dns.Answer.Entry;
import dev.gantry.agent.dns.Answer.Type;
import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Answers questions about names below the cluster's domain, and about addresses of the cluster.
 *
 * <pre>
 *   web.shop.svc.cluster.local              A AAAA SRV   cluster IPs, or all ready endpoints
 *   _http._tcp.web.shop.svc.cluster.local   SRV          one port
 *   db-0.db.shop.svc.cluster.local          A AAAA       one endpoint of a headless Service
 *   10-244-1-7.shop.pod.cluster.local       A AAAA       that very address
 *   20.0.96.10.in-addr.arpa                 PTR          the Service's name
 * </pre>
 */
public final class ClusterZone {
    /** Compat: CoreDNS' own; short, since endpoints move. */
    public static final int TTL_SECONDS = 5;

    private static final String SCHEMA_VERSION = "1.1.0";

    private final String domain;
    private final ZoneView view;

    /**
     * @param domain such as {@code cluster.local}
     */
    public ClusterZone(String domain, ZoneView view) {
        this.domain = domain;
        this.view = view;
    }

    /** {@code name} with or without the last dot; the answer repeats its spelling. */
    public Answer answer(String name, Type type) {
        String asked = name.endsWith(".") ? name : name + ".";
        String lower = asked.substring(0, asked.length() - 1).toLowerCase(Locale.ROOT);
        if (lower.endsWith(".arpa")) {
            return reverse(asked, lower, type);
        }
        if (lower.equals(domain)) {
            return apex(asked, type);
        }
        if (!lower.endsWith("." + domain)) {
            return new Answer.NotOurs();
        }
        String inner = lower.substring(0, lower.length() - domain.length() - 1);
        List<String> labels = Arrays.asList(inner.split("\\.", -1));
        String section = labels.getLast();
        List<String> rest = labels.subList(0, labels.size() - 1);
        return switch (section) {
            case "svc" -> services(asked, rest, type);
            case "pod" -> pods(asked, rest, type);
            case "dns-version" -> version(asked, rest, type);
            case "dns" -> rest.equals(List.of("ns")) || rest.isEmpty() ? empty() : missing();
            default -> missing();
        };
    }

    /** Goes with every answer that has no records: how long to remember that. */
    public Entry authority() {
        return new Entry(
                domain + ".",
                Type.SOA,
                "ns.dns.%1$s. hostmaster.%1$s. 1 7200 1800 86400 %2$d"
                        .formatted(domain, TTL_SECONDS));
    }

    private Answer apex(String asked, Type type) {
        return switch (type) {
            case SOA -> records(List.of(authority()));
            case NS -> records(List.of(new Entry(asked, Type.NS, "ns.dns." + domain + ".")));
            default -> empty();
        };
    }

    private static Answer version(String asked, List<String> rest, Type type) {
        if (!rest.isEmpty()) {
            return missing();
        }
        return type == Type.TXT
                ? records(List.of(new Entry(asked, Type.TXT, "\"" + SCHEMA_VERSION + "\"")))
                : empty();
    }

    private static Answer pods(String asked, List<String> labels, Type type) {
        if (labels.size() < 2) {
            return empty();
        }
        Optional<Address> address = AddressNames.ofDashes(labels.getFirst());
        if (labels.size() > 2 || address.isEmpty()) {
            return missing();
        }
        return records(addresses(asked, List.of(address.get()), type));
    }

    private Answer services(String asked, List<String> labels, Type type) {
        if (labels.isEmpty()) {
            return empty();
        }
        String namespace = labels.getLast();
        if (labels.size() == 1) {
            return view.hasNamespace(namespace) ? empty() : missing();
        }
        Optional<ServiceEntry> found = view.service(namespace, labels.get(labels.size() - 2));
        if (found.isEmpty()) {
            return missing();
        }
        ServiceEntry service = found.get();
        List<String> below = labels.subList(0, labels.size() - 2);
        if (!service.alias().isEmpty()) {
            return below.isEmpty() ? alias(asked, service, type) : missing();
        }
        return switch (below.size()) {
            case 0 ->
                    type == Type.SRV
                            ? ports(asked, service, _ -> true)
                            : records(addresses(asked, addresses(service), type));
            case 1 -> below(asked, service, below.getFirst(), type);
            case 2 -> port(asked, service, below, type);
            default -> missing();
        };
    }

    private Answer alias(String asked, ServiceEntry service, Type type) {
        String target = service.alias().endsWith(".") ? service.alias() : service.alias() + ".";
        Entry entry = new Entry(asked, Type.CNAME, target);
        return type == Type.CNAME ? records(List.of(entry)) : new Answer.Alias(entry, target);
    }

    private List<Address> addresses(ServiceEntry service) {
        if (!service.isHeadless()) {
            return service.addresses();
        }
        Set<Address> found = new LinkedHashSet<>();
        view.endpoints(service).forEach(each -> found.add(each.address()));
        return List.copyOf(found);
    }

    /** One endpoint by its name, or the place where names of ports begin. */
    private Answer below(String asked, ServiceEntry service, String label, Type type) {
        if (label.startsWith("_")) {
            boolean isKnown =
                    service.ports().stream().anyMatch(each -> label.equals("_" + each.protocol()));
            return isKnown ? empty() : missing();
        }
        List<Address> named =
                view.endpoints(service).stream()
                        .filter(each -> service.isHeadless() && each.label().equals(label))
                        .map(EndpointEntry::address)
                        .distinct()
                        .toList();
        return named.isEmpty() ? missing() : records(addresses(asked, named, type));
    }

    private Answer port(String asked, ServiceEntry service, List<String> labels, Type type) {
        PortTest isAsked =
                port ->
                        labels.get(0).equals("_" + port.name())
                                && labels.get(1).equals("_" + port.protocol());
        Answer found = ports(asked, service, isAsked);
        boolean isKnown = service.ports().stream().anyMatch(isAsked::test);
        if (!isKnown) {
            return missing();
        }
        return type == Type.SRV ? found : empty();
    }

    /** Which of a Service's ports are meant. */
    @FunctionalInterface
    private interface PortTest {
        boolean test(ServiceEntry.Port port);
    }

    private Answer ports(String asked, ServiceEntry service, PortTest isWanted) {
        String host = service.name() + "." + service.namespace() + ".svc." + domain + ".";
        List<Entry> answers = new ArrayList<>();
        Set<Entry> additional = new LinkedHashSet<>();
        if (!service.isHeadless()) {
            for (ServiceEntry.Port port : service.ports()) {
                if (isWanted.test(port) && !port.name().isEmpty()) {
                    answers.add(new Entry(asked, Type.SRV, "0 100 " + port.port() + " " + host));
                    additional.addAll(allAddresses(host, service.addresses()));
                }
            }
            return new Answer.Records(answers, List.copyOf(additional));
        }
        Set<Entry> targets = new LinkedHashSet<>();
        for (EndpointEntry endpoint : view.endpoints(service)) {
            String target = endpoint.label() + "." + host;
            for (ServiceEntry.Port port : endpoint.ports()) {
                if (isWanted.test(port) && !port.name().isEmpty()) {
                    targets.add(new Entry(asked, Type.SRV, "0 100 " + port.port() + " " + target));
                    additional.addAll(allAddresses(target, List.of(endpoint.address())));
                }
            }
        }
        return new Answer.Records(List.copyOf(targets), List.copyOf(additional));
    }

    private Answer reverse(String asked, String lower, Type type) {
        List<String> names = AddressNames.ofReverse(lower).map(view::names).orElse(List.of());
        if (names.isEmpty()) {
            return new Answer.NotOurs();
        }
        if (type != Type.PTR) {
            return empty();
        }
        return records(
                names.stream()
                        .map(each -> new Entry(asked, Type.PTR, each + ".svc." + domain + "."))
                        .toList());
    }

    private static List<Entry> allAddresses(String name, List<Address> addresses) {
        List<Entry> found = new ArrayList<>(addresses(name, addresses, Type.A));
        found.addAll(addresses(name, addresses, Type.AAAA));
        return found;
    }

    private static List<Entry> addresses(String name, List<Address> addresses, Type type) {
        return addresses.stream()
                .filter(each -> type == (each.family() == Family.IPV4 ? Type.A : Type.AAAA))
                .map(each -> new Entry(name, type, each.toString()))
                .toList();
    }

    private static Answer records(List<Entry> answers) {
        return new Answer.Records(answers, List.of());
    }

    private static Answer empty() {
        return records(List.of());
    }

    private static Answer missing() {
        return new Answer.NoSuchName();
    }
}
