package dev.gantry.state.allocation;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressRecord;
import dev.gantry.model.condition.Conditions;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * The IPAddress objects that say which Service has which cluster IP: made and removed in the commit
 * that gives the address or takes it back.
 *
 * <p>A Service without them gets them when it is written next, or from the controller that repairs.
 * Whoever makes such an object by hand keeps the address from being given to a Service.
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
            view.get(AddressRecord.key(address))
                    .filter(each -> isOf(each, before.orElseThrow()))
                    .ifPresent(each -> changes.add(removed(each, writer)));
        }
        for (String address : wanted.addresses()) {
            if (view.get(AddressRecord.key(address)).isEmpty()) {
                changes.add(made(address, after.orElseThrow(), writer));
            }
        }
        return changes;
    }

    /** Whether somebody else than the Service is said to have the address. */
    public static boolean isReserved(
            String address, Resource service, Function<ObjectKey, Optional<StoredObject>> stored) {
        return stored.apply(AddressRecord.key(address))
                .filter(each -> !isOf(each, service))
                .isPresent();
    }

    private static boolean isOf(StoredObject record, Resource service) {
        return new AddressRecord(record.decode()).isOf(service);
    }

    private static Change removed(StoredObject record, Writer writer) {
        return new Change(
                record.key(), record.revision(), Optional.empty(), writer.actor, writer.now);
    }

    private static Change made(String address, Resource service, Writer writer) {
        ObjectNode object = AddressRecord.of(Address.parse(address).orElseThrow(), service);
        String uid = writer.requestUid + "/" + address;
        Resource.child(object, "metadata")
                .put("uid", UUID.nameUUIDFromBytes(uid.getBytes(StandardCharsets.UTF_8)).toString())
                .put("creationTimestamp", Conditions.timestamp(writer.now));
        return new Change(
                AddressRecord.key(address),
                Revision.NONE,
                Optional.of(new Resource(object)),
                writer.actor,
                writer.now);
    }
}
