package dev.gantry.state.kind.networking.networkpolicy;

import dev.gantry.model.address.AddressBlock;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.StrictAddressRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compat: {@code ValidateNetworkPolicySpec}.
 *
 * @param kept blocks of addresses that need not be in a strict form, since they are stored
 */
record NetworkPolicyRules(Set<String> kept) {
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> TYPES = List.of("Ingress", "Egress");

    /** All that a stored specification has. */
    static Set<String> blocks(JsonNode spec) {
        Set<String> found = new TreeSet<>();
        for (JsonNode block : spec.findValues("ipBlock")) {
            found.add(block.path("cidr").asString(""));
            block.path("except").forEach(each -> found.add(each.asString("")));
        }
        return found;
    }

    void check(Field spec) {
        LabelRules.selector(spec.child("podSelector"));
        for (Field rule : spec.child("ingress").items()) {
            rule.child("ports").items().forEach(NetworkPolicyRules::port);
            rule.child("from").items().forEach(this::peer);
        }
        for (Field rule : spec.child("egress").items()) {
            rule.child("ports").items().forEach(NetworkPolicyRules::port);
            rule.child("to").items().forEach(this::peer);
        }
        Field types = spec.child("policyTypes");
        if (types.items().size() > TYPES.size()) {
            types.invalid("may not specify more than two policyTypes");
            return;
        }
        for (Field type : types.items()) {
            if (!TYPES.contains(type.text())) {
                type.notSupported(TYPES);
            }
        }
    }

    private static void port(Field item) {
        Field protocol = item.child("protocol");
        if (protocol.isSet() && !PROTOCOLS.contains(protocol.text())) {
            protocol.notSupported(PROTOCOLS);
        }
        Field port = item.child("port");
        Field end = item.child("endPort");
        if (!port.isSet()) {
            if (end.isSet()) {
                end.invalid("may not be specified when `port` is not specified");
            }
        } else if (port.value().isString()) {
            if (end.isSet()) {
                end.invalid("may not be specified when `port` is non-numeric");
            }
            port.invalidFor(KeyNames.portName(port.text()));
        } else {
            KeyNames.portNumber(port.number()).forEach(port::invalid);
            if (end.isSet()) {
                end(end, port);
            }
        }
    }

    private static void end(Field end, Field port) {
        if (end.number() < port.number()) {
            end.invalid(port.value(), "must be greater than or equal to `port`");
        }
        KeyNames.portNumber(end.number()).forEach(end::invalid);
    }

    private void peer(Field peer) {
        Field pods = peer.child("podSelector");
        Field namespaces = peer.child("namespaceSelector");
        Field block = peer.child("ipBlock");
        LabelRules.selector(pods);
        LabelRules.selector(namespaces);
        if (block.isSet()) {
            block(block);
        }
        boolean hasSelector = pods.isSet() || namespaces.isSet();
        if (!hasSelector && !block.isSet()) {
            peer.required("must specify a peer");
        } else if (hasSelector && block.isSet()) {
            peer.forbidden("may not specify both ipBlock and another peer");
        }
    }

    private void block(Field block) {
        Field cidr = block.child("cidr");
        if (cidr.isEmpty()) {
            cidr.required("");
            return;
        }
        strict(cidr);
        if (!StrictAddressRules.isCidr(cidr.text())) {
            return;
        }
        for (Field except : block.child("except").items()) {
            strict(except);
            boolean isBlock = StrictAddressRules.isCidr(except.text());
            if (isBlock && !isPartOf(cidr.text(), except.text())) {
                except.invalid("must be a strict subset of `cidr`");
            }
        }
    }

    private void strict(Field cidr) {
        if (!kept.contains(cidr.text())) {
            StrictAddressRules.cidr(cidr);
        }
    }

    /** Blocks in forms that cannot be read here are not compared. */
    private static boolean isPartOf(String cidr, String except) {
        Optional<AddressBlock> whole = AddressBlock.parse(cidr);
        Optional<AddressBlock> part = AddressBlock.parse(except);
        return whole.isEmpty()
                || part.isEmpty()
                || (whole.get().overlaps(part.get()) && whole.get().prefix() < part.get().prefix());
    }
}
