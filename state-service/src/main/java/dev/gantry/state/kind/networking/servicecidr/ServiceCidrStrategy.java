package dev.gantry.state.kind.networking.servicecidr;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.IpAddress;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.StrictAddressRules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/networking/servicecidr} and {@code ValidateServiceCIDR}. */
final class ServiceCidrStrategy implements Strategy {
    private static final int MOST_RANGES = 2;

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        check(Field.root(object, errors).child("spec", "cidrs"));
        return errors;
    }

    private static void check(Field ranges) {
        List<Field> all = ranges.items();
        if (all.isEmpty()) {
            ranges.required("at least one CIDR required");
            return;
        }
        if (all.size() > MOST_RANGES) {
            ranges.invalidAs("{\"CIDRs\":" + ranges.value() + "}", "may only hold up to 2 values");
            return;
        }
        all.forEach(StrictAddressRules::canonicalCidr);
        boolean isComparable =
                all.stream().allMatch(each -> StrictAddressRules.isCidr(each.text()));
        if (all.size() == MOST_RANGES
                && isComparable
                && isV4(all.getFirst().text()) == isV4(all.getLast().text())) {
            ranges.invalid(
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
                            + " 2001:db8::/64");
        }
    }

    private static boolean isV4(String cidr) {
        return IpAddress.parse(cidr.substring(0, cidr.indexOf('/')))
                .map(IpAddress::isV4)
                .orElse(false);
    }

    /** Ranges stay; a second one, of the other family, may be added. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field ranges = Field.root(updated, errors).child("spec", "cidrs");
        JsonNode before = stored.path("spec").path("cidrs");
        int now = ranges.items().size();
        boolean isExtended = before.size() == 1 && now == MOST_RANGES;
        if (now != before.size() && !isExtended) {
            ranges.invalid(Rules.IMMUTABLE);
            return errors;
        }
        for (int i = 0; i < before.size(); i++) {
            ranges.index(i).immutable(before.path(i));
        }
        if (isExtended) {
            check(ranges);
        }
        return errors;
    }
}
