package dev.gantry.state.allocation;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The IPAddress objects that say which Service has which cluster IP: made and removed in the commit
 * that gives the address or takes it back.
 *
 * <p>A Service without them, from before there were any, gets them when it is written next. Whoever
 * makes such an object by hand keeps the address from being given to a Service.
 *
 * <p>Compat: names, labels and parent of {@code ipallocator}.
 */
public record AddressRecords(View view) {
    /** Who writes. */
    public record Writer(String actor, String requestUid, Instant now) {}

    /**
     * @param before the Service as it is stored; empty where it is created
     * @param after as it will be; empty where it is removed
     */
    public List<Change> of(Optional<Resource> before, Optional<Resource> after, Writer writer) {
        Holdings held = before.map(each -> Holdings.of(each.tree())).orElseGet(Holdings::none);
        Holdings wanted = after.map(each -> Holdings.of(each.tree())).orElseGet(Holdings::none);
        List<Change> changes = new ArrayList<>();
        for (String address : held.without(wanted).addresses()) {
            view.get(key(address))
                    .filter(each -> isOf(each, before.orElseThrow()))
                    .ifPresent(each -> changes.add(removed(each, writer)));
        }
        for (String address : wanted.addresses()) {
            if (view.get(key(address)).isEmpty()) {
                changes.add(made(address, after.orElseThrow(), writer));
            }
        }
        return changes;
    }

    /** Whether somebody else than the Service is said to have the address. */
    public static boolean isReserved(
            String address, Resource service, Function<ObjectKey, Optional<StoredObject>> stored) {
        return stored.apply(key(address)).filter(each -> !isOf(each, service)).isPresent();
    }

    private static boolean isOf(StoredObject record, Resource service) {
        JsonNode parent = record.decode().spec().path("parentRef");
        return Resource.text(parent, "group").isEmpty()
                && Resource.text(parent, "resource").equals(Resources.SERVICES.plural())
                && Resource.text(parent, "namespace").equals(service.namespace())
                && Resource.text(parent, "name").equals(service.name());
    }

    private static Change removed(StoredObject record, Writer writer) {
        return new Change(
                record.key(), record.revision(), Optional.empty(), writer.actor, writer.now);
    }

    private static Change made(String address, Resource service, Writer writer) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Kinds.IP_ADDRESS.apiVersion());
        object.put("kind", Kinds.IP_ADDRESS.kindName());
        String uid = writer.requestUid + "/" + address;
        ObjectNode metadata = object.putObject("metadata").put("name", address);
        metadata.put(
                "uid", UUID.nameUUIDFromBytes(uid.getBytes(StandardCharsets.UTF_8)).toString());
        metadata.put("creationTimestamp", Conditions.timestamp(writer.now));
        metadata.putObject("labels")
                .put("ipaddress.kubernetes.io/ip-family", familyOf(address).wire())
                .put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
        object.putObject("spec")
                .putObject("parentRef")
                .put("resource", Resources.SERVICES.plural())
                .put("namespace", service.namespace())
                .put("name", service.name());
        return new Change(
                key(address),
                Revision.NONE,
                Optional.of(new Resource(object)),
                writer.actor,
                writer.now);
    }

    private static Family familyOf(String address) {
        return Address.parse(address).orElseThrow().family();
    }

    private static ObjectKey key(String address) {
        return new ObjectKey(Kinds.IP_ADDRESS.resource(), "", address);
    }
}
