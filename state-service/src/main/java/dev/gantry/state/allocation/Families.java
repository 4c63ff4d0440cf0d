package dev.gantry.state.allocation;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import dev.gantry.model.refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which IP families a Service gets.
 *
 * <p>Compat: {@code initIPFamilyFields} of {@code alloc.go}.
 */
record Families(List<AddressRange> ranges) {
    private static final String SINGLE = "SingleStack";
    private static final String REQUIRE = "RequireDualStack";

    /** Completes {@code clusterIPs}, {@code ipFamilyPolicy} and {@code ipFamilies}. */
    void settle(ObjectNode spec, Optional<JsonNode> stored, List<FieldError> errors) {
        ArrayNode addresses = array(spec, "clusterIPs");
        ArrayNode families = array(spec, "ipFamilies");
        String policy = settlePolicy(spec, stored, addresses, families);
        boolean isHeadless = addresses.path(0).asString("").equals("None");
        if (isHeadless && spec.path("selector").isEmpty() && stored.isEmpty()) {
            addMissing(families, 2);
            return;
        }
        adoptFamilies(addresses, families, errors);
        int wanted = policy.equals(SINGLE) ? 1 : 2;
        if (policy.equals(REQUIRE) && ranges.size() < 2) {
            errors.add(
                    FieldError.invalid(
                            "spec.ipFamilyPolicy",
                            '"' + policy + '"',
                            "this cluster is not configured for dual-stack services"));
            return;
        }
        checkServed(families, errors);
        addMissing(families, wanted);
        trim(families, addresses, wanted);
    }

    private static String settlePolicy(
            ObjectNode spec, Optional<JsonNode> stored, ArrayNode addresses, ArrayNode families) {
        String policy = text(spec, "ipFamilyPolicy");
        if (!policy.isEmpty()) {
            return policy;
        }
        boolean isHeadless = addresses.path(0).asString("").equals("None");
        boolean hasNoSelector = spec.path("selector").isEmpty();
        boolean wantsTwo =
                addresses.size() == 2
                        || families.size() == 2
                        || (isHeadless && hasNoSelector && stored.isEmpty());
        String settled = wantsTwo ? REQUIRE : SINGLE;
        spec.put("ipFamilyPolicy", settled);
        return settled;
    }

    /** Takes the families of the addresses that were asked for, where none were named. */
    private static void adoptFamilies(
            ArrayNode addresses, ArrayNode families, List<FieldError> errors) {
        for (int i = 0; i < addresses.size(); i++) {
            Optional<Address> address = Address.parse(addresses.path(i).asString(""));
            if (address.isEmpty()) {
                continue;
            }
            String wire = address.get().family().wire();
            if (i >= families.size()) {
                families.add(wire);
            } else if (!families.path(i).asString("").equals(wire)) {
                errors.add(
                        FieldError.invalid(
                                "spec.clusterIPs[" + i + "]",
                                '"' + addresses.path(i).asString("") + '"',
                                "expected an %s value as indicated by `ipFamilies[%d]`"
                                        .formatted(families.path(i).asString(""), i)));
            }
        }
    }

    private void checkServed(ArrayNode families, List<FieldError> errors) {
        for (int i = 0; i < families.size(); i++) {
            String wire = families.path(i).asString("");
            boolean isServed = ranges.stream().anyMatch(each -> each.family().wire().equals(wire));
            if (Family.parse(wire).isPresent() && !isServed) {
                errors.add(
                        FieldError.invalid(
                                "spec.ipFamilies[" + i + "]",
                                '"' + wire + '"',
                                "not configured on this cluster"));
            }
        }
    }

    private void addMissing(ArrayNode families, int wanted) {
        for (AddressRange range : ranges) {
            List<String> present = new ArrayList<>();
            families.forEach(each -> present.add(each.asString("")));
            if (families.size() < wanted && !present.contains(range.family().wire())) {
                families.add(range.family().wire());
            }
        }
    }

    private static void trim(ArrayNode families, ArrayNode addresses, int wanted) {
        while (families.size() > wanted) {
            families.remove(families.size() - 1);
        }
        while (addresses.size() > wanted) {
            addresses.remove(addresses.size() - 1);
        }
    }

    private static ArrayNode array(ObjectNode spec, String field) {
        return spec.path(field) instanceof ArrayNode found ? found : spec.putArray(field);
    }
}
