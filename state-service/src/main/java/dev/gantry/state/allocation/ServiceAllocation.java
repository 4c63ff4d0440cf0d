package dev.gantry.state.allocation;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.address.Address;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.service.LinkedAddresses;
import dev.gantry.state.kind.core.service.ServiceAddressRules;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes a Service with addresses and node ports.
 *
 * <p>Compat: {@code pkg/registry/core/service/storage/alloc.go}: the same defaults, the same
 * errors.
 *
 * @param ranges the cluster's preferred family first; of a family, the first one that has room
 */
public record ServiceAllocation(List<AddressRange> ranges, PortRange nodePorts) {
    private static final String NONE = "None";

    /** The same with other ranges. */
    public ServiceAllocation over(List<AddressRange> others) {
        return new ServiceAllocation(others, nodePorts);
    }

    /**
     * Completes {@code service} in place; the errors, where it cannot be done.
     *
     * @param stored the Service it replaces; empty at creation
     */
    public List<FieldError> allocate(
            ObjectNode service, Optional<Resource> stored, Taken taken, long seed) {
        ObjectNode spec = Resource.child(service, "spec");
        stored.ifPresentOrElse(
                each -> LinkedAddresses.forUpdate(spec, each.spec()),
                () -> LinkedAddresses.forCreate(spec));
        stored.ifPresent(each -> Kept.carryOver(spec, each.spec()));
        List<FieldError> errors = new ArrayList<>();
        // What does not belong to a name is for the rules to refuse, or a change of type to drop.
        if (!text(spec, "type").equals("ExternalName")) {
            ServiceAddressRules.check(Field.root(service, errors).child("spec"));
            if (errors.isEmpty()) {
                new Families(firstOfEachFamily()).settle(spec, stored.map(Resource::spec), errors);
            }
            if (errors.isEmpty()) {
                allocateAddresses(spec, taken, seed, errors);
            }
        }
        if (errors.isEmpty()) {
            new NodePorts(nodePorts, taken, seed).allocate(spec, errors);
        }
        return errors;
    }

    private void allocateAddresses(
            ObjectNode spec, Taken taken, long seed, List<FieldError> errors) {
        ArrayNode addresses =
                spec.path("clusterIPs") instanceof ArrayNode found
                        ? found
                        : spec.putArray("clusterIPs");
        if (addresses.path(0).asString("").equals(NONE)) {
            spec.put("clusterIP", NONE);
            return;
        }
        ArrayNode asked = addresses.deepCopy();
        int index = 0;
        for (JsonNode family : spec.path("ipFamilies")) {
            List<AddressRange> own = rangesOf(family.asString(""));
            String wanted = addresses.path(index).asString("");
            Optional<Address> granted =
                    wanted.isEmpty()
                            ? free(own, taken, seed)
                            : requested(own, wanted, taken, asked, errors);
            if (granted.isEmpty()) {
                if (wanted.isEmpty()) {
                    errors.add(failed(asked, "", "range is full"));
                }
                return;
            }
            if (index < addresses.size()) {
                addresses.set(index, granted.get().toString());
            } else {
                addresses.add(granted.get().toString());
            }
            index++;
        }
        spec.put("clusterIP", addresses.path(0).asString(""));
    }

    private static Optional<Address> free(List<AddressRange> ranges, Taken taken, long seed) {
        return ranges.stream()
                .flatMap(
                        range ->
                                range
                                        .free(each -> taken.hasAddress(each.toString()), seed)
                                        .stream())
                .findFirst();
    }

    private static Optional<Address> requested(
            List<AddressRange> ranges,
            String wanted,
            Taken taken,
            ArrayNode asked,
            List<FieldError> errors) {
        Optional<Address> address = Address.parse(wanted);
        if (address.isEmpty() || ranges.stream().noneMatch(each -> each.contains(address.get()))) {
            String why =
                    "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
                            .formatted(
                                    wanted,
                                    ranges.stream()
                                            .map(AddressRange::toString)
                                            .collect(Collectors.joining(", ")));
            errors.add(failed(asked, wanted, why));
            return Optional.empty();
        }
        if (taken.hasAddress(address.get().toString())) {
            errors.add(failed(asked, wanted, "provided IP is already allocated"));
            return Optional.empty();
        }
        return address;
    }

    private static FieldError failed(ArrayNode asked, String wanted, String why) {
        String subject = wanted.isEmpty() ? "failed to allocate a serviceIP: " : "";
        String message =
                wanted.isEmpty()
                        ? subject + why
                        : "failed to allocate IP %s: %s".formatted(wanted, why);
        return FieldError.invalid("spec.clusterIPs", asked.toString(), message);
    }

    private List<AddressRange> firstOfEachFamily() {
        return ranges.stream()
                .filter(each -> rangesOf(each.family().wire()).getFirst() == each)
                .toList();
    }

    private List<AddressRange> rangesOf(String family) {
        return ranges.stream().filter(each -> each.family().wire().equals(family)).toList();
    }
}
