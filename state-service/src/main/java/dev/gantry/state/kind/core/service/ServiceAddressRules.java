package dev.gantry.state.kind.core.service;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.IpAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cluster IPs and their families. Compat: {@code ValidateServiceClusterIPsRelatedFields}, which
 * also runs before addresses are allocated.
 */
public final class ServiceAddressRules {
    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES =
            List.of("PreferDualStack", "RequireDualStack", "SingleStack");

    private ServiceAddressRules() {}

    public static void check(Field spec) {
        if (spec.text("type").equals("ExternalName")) {
            return;
        }
        Field addresses = spec.child("clusterIPs");
        linked(spec.text("clusterIP"), addresses);
        families(spec.child("ipFamilies"));
        Field policy = spec.child("ipFamilyPolicy");
        if (policy.isSet() && !POLICIES.contains(policy.text())) {
            policy.notSupported(POLICIES);
        }
        boolean areValid = areAddresses(addresses);
        int count = addresses.items().size();
        if (count > 2) {
            addresses.invalid("may only hold up to 2 values");
        }
        if (!areValid) {
            return;
        }
        if (count > 1 && !AddressRules.isDualStack(addresses.texts())) {
            addresses.invalid("may specify no more than one IP for each IP family");
        }
        if (!ServiceType.isHeadless(spec.value())) {
            ofFamilies(addresses, spec.child("ipFamilies").texts());
        }
    }

    private static void linked(String one, Field addresses) {
        if (one.isEmpty()) {
            if (!addresses.isEmpty()) {
                addresses.invalid("must be empty when `clusterIP` is not specified");
            }
        } else if (addresses.isEmpty()) {
            addresses.required("");
        } else if (!addresses.texts().getFirst().equals(one)) {
            addresses.invalid("first value must match `clusterIP`");
        }
    }

    private static void families(Field families) {
        Set<String> seen = new TreeSet<>();
        for (Field family : families.items()) {
            if (!FAMILIES.contains(family.text())) {
                family.notSupported(FAMILIES);
            }
            if (!seen.add(family.text())) {
                family.duplicate();
            }
        }
    }

    private static boolean areAddresses(Field addresses) {
        boolean areValid = true;
        List<Field> all = addresses.items();
        for (int i = 0; i < all.size(); i++) {
            if (i == 0 && all.getFirst().text().equals("None")) {
                if (all.size() > 1) {
                    areValid = false;
                    addresses.invalid("'None' must be the first and only value");
                }
                continue;
            }
            areValid &= AddressRules.ip(all.get(i));
        }
        return areValid;
    }

    private static void ofFamilies(Field addresses, List<String> families) {
        List<Field> all = addresses.items();
        for (int i = 0; i < Math.min(all.size(), families.size()); i++) {
            boolean isV4 = IpAddress.parse(all.get(i).text()).map(IpAddress::isV4).orElse(false);
            String wanted = families.get(i);
            if (FAMILIES.contains(wanted) && isV4 != wanted.equals("IPv4")) {
                all.get(i)
                        .invalid(
                                "expected an %s value as indicated by `ipFamilies[%d]`"
                                        .formatted(wanted, i));
            }
        }
    }
}
